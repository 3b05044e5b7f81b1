import type { TextDocument } from "vscode";
import { groupDigits } from "../../../core/text/groupDigits.ts";
import { policyFor } from "../../../core/routing/routePolicy.ts";
import type { Settings } from "../../platform/readSettings.ts";
import { type TargetCode, documentTarget, problemsOf } from "./targetCode.ts";

/** A low guess, so that the answer rather fits than not. */
const CHARACTERS_PER_TOKEN = 3;

/** The whole document with all its problems, or why that cannot be fixed in one answer. */
export function fixableFile(document: TextDocument, { policies }: Settings): TargetCode | string {
  const problems = problemsOf(document);
  if (problems.length === 0) return "The editor reports no errors or warnings in this file.";
  const target = documentTarget(document);
  if (target === undefined) return "This file is empty or too large to be sent.";
  const tokens = Math.ceil(target.context.text.length / CHARACTERS_PER_TOKEN);
  const longest = policyFor(policies, "fix").maxCompletionTokens;
  if (tokens > longest) {
    return `The whole file takes about ${groupDigits(tokens)} tokens, and an answer may have ${groupDigits(longest)} (waybill.answers.maxTokens). Select the part to fix.`;
  }
  const diagnostics = problems.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  return { ...target, context: { ...target.context, diagnostics } };
}
