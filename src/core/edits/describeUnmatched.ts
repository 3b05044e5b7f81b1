import type { Unmatched } from "./planFileEdit.ts";

/** A line of code that is longer is cut in a sentence. */
const LONGEST_QUOTE = 60;

/** Why an edit was not applied to a file, for the person: what did not match, what that means, and what to do. */
export function describeUnmatched(unmatched: Unmatched, name: string): string {
  return `${reasonOf(unmatched, name)} Nothing was changed. ${adviceFor(unmatched)}`;
}

function reasonOf(unmatched: Unmatched, name: string): string {
  const { why, lines } = unmatched;
  const what = pieceOf(unmatched);
  switch (why) {
    case "absent":
      return `${name} does not have the lines that ${what} is for${quoteOf(unmatched)}.`;
    case "ambiguous":
      return `${name} has ${lines.length} places that ${what} could mean (lines ${lines.map((line) => line + 1).join(", ")}).`;
    case "contradicted":
      return `${name} has the lines of ${what} only where it says that they are not.`;
    case "indentation":
      return `${name} is indented in another way than ${what}, and how its new lines would be is a guess.`;
    case "overlap":
      return `Two of the changes for ${name} are of the same lines.`;
    case "elision":
      return `The code for ${name} leaves parts out by a comment, and which parts is not certain.`;
    case "already":
      return `${name} seems to hold ${what} already${lines[0] === undefined ? "" : ` (line ${lines[0] + 1})`}.`;
    case "unplaced":
      return `The new lines for ${name} do not say where they go.`;
    case "truncated":
      return `The answer ended in the middle of the code for ${name}.`;
    case "malformed":
      return `The change of ${name} breaks the format that it is written in.`;
    case "exists":
      return `The answer would make ${name} anew, which is there already.`;
    case "missing":
      return `The answer would change ${name}, which is not there.`;
  }
}

function pieceOf({ piece, pieces }: Unmatched): string {
  return pieces > 1 ? `change ${piece + 1} of ${pieces}` : "the change";
}

function quoteOf({ wanted, nearest }: Unmatched): string {
  const line = wanted.find((text) => text.trim() !== "")?.trim() ?? "";
  const short = line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
  const place = nearest === undefined ? "" : `; line ${nearest.first + 1} is most like them`;
  return line === "" ? place : ` (“${short}”)${place}`;
}

function adviceFor({ why }: Unmatched): string {
  switch (why) {
    case "truncated":
      return "Let the answer be continued or given again.";
    case "already":
      return "Compare the two if that is not what you meant.";
    default:
      return "Ask for the change again with the file as context, or insert the code at the cursor.";
  }
}
