import type { TextDocument } from "vscode";
import { type TargetCode, documentTarget, problemsOf } from "./targetCode.ts";

/** The whole document with all its problems, or why there is nothing to fix. */
export function fixableFile(document: TextDocument): TargetCode | string {
  const problems = problemsOf(document);
  if (problems.length === 0) return "The editor reports no errors or warnings in this file.";
  const target = documentTarget(document);
  if (target === undefined) return "This file is empty or too large to be sent.";
  const diagnostics = problems.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
  return { ...target, context: { ...target.context, diagnostics } };
}
