import type { RuleName } from "../../protocol/routingMessages.ts";

interface RuleColumn {
  readonly rule: RuleName;
  /** With the unit. */
  readonly heading: string;
  /** Class of the column. */
  readonly width: "choice" | "pin" | "number";
}

/** The rules in the order of their columns. */
export const RULE_COLUMNS: readonly RuleColumn[] = [
  { rule: "profile", heading: "Profile", width: "choice" },
  { rule: "pin", heading: "Pin (model id)", width: "pin" },
  { rule: "qualityFloor", heading: "Quality floor", width: "number" },
  { rule: "maxPromptPrice", heading: "Prompt, at most $/M", width: "number" },
  { rule: "maxCompletionPrice", heading: "Answer, at most $/M", width: "number" },
  { rule: "fallback", heading: "Stands in", width: "choice" },
  { rule: "maxTokens", heading: "Longest answer, tokens", width: "number" },
];
