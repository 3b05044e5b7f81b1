import { plainMarkdown } from "../text/markdownTable.ts";
import type { Finding, FindingSeverity } from "./finding.ts";
import type { PlacedFindings } from "./placeFindings.ts";

export const SEVERITY_NAMES: Readonly<Record<FindingSeverity, string>> = {
  problem: "Problem",
  warning: "Warning",
  note: "Note",
};

/** What a review came to. */
export interface ReviewFacts extends PlacedFindings {
  readonly receipt: string;
  /** What the model was not shown. */
  readonly notes: readonly string[];
}

/** All that a review found, as Markdown in which nothing of the answer is markup. */
export function reviewPage({ placed, loose, receipt, notes }: ReviewFacts): string {
  const sections = [
    "# Review of the staged changes",
    `${countFindings(placed.length + loose.length)}. ${plainMarkdown(receipt)}`,
    ...notes.map(plainMarkdown),
    ...(placed.length === 0 ? [] : [`## In the editor\n\n${placed.map(findingLine).join("\n")}`]),
    ...(loose.length === 0
      ? []
      : [`## Without a place\n\nThe changes do not show these lines.\n\n${loose.map(findingLine).join("\n")}`]),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** For instance `3 findings`. */
export function countFindings(count: number): string {
  if (count === 0) return "Nothing was found";
  return count === 1 ? "1 finding" : `${count} findings`;
}

function findingLine({ file, line, severity, sentence }: Finding): string {
  return `- **${SEVERITY_NAMES[severity]}**, ${plainMarkdown(file)} line ${line}: ${plainMarkdown(sentence)}`;
}
