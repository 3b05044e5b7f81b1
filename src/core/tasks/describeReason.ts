import type { Feature } from "./evidence.ts";
import type { ScoreReason } from "./scoreTask.ts";

/** What spoke for a task type, as half a sentence. */
export function describeReason(reason: ScoreReason | undefined): string {
  if (reason === undefined) return "nothing in the request names another task";
  const [first, ...others] = [...new Set(reason.phrases.filter((phrase) => phrase !== ""))].map(quote);
  if (first === undefined) return describeFeature(reason.features);
  return others.length === 0 && !first.includes(" ")
    ? `by the word ${first}`
    : `by the words ${[first, ...others].join(" and ")}`;
}

/** A phrase of the lexicon that takes any ending is shown with an ellipsis. */
function quote(phrase: string): string {
  return `"${phrase.replaceAll("*", "…")}"`;
}

function describeFeature(features: readonly Feature[]): string {
  if (features.includes("stack-trace")) return "it shows a stack trace";
  if (features.includes("error-name")) return "it names an error";
  if (features.includes("problems")) return "the code shown has problems";
  if (features.includes("diff")) return "there are changes to speak about";
  if (features.includes("docs-file")) return "the file is documentation";
  if (features.includes("test-file")) return "the file has tests";
  if (features.includes("explain-surface") || features.includes("fix-surface")) return "by the command you used";
  return "by the form of the request";
}
