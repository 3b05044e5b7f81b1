import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type Range,
  type Selection,
  type TextDocument,
} from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";

/**
 * Explain and Fix in the light bulb. Computed from what the editor already knows, without any request. The commands carry
 * no arguments: VS Code may drop those once the light bulb closes, so each looks at the editor again.
 */
export const codeActionProvider: CodeActionProvider = {
  provideCodeActions(_document: TextDocument, range: Range | Selection, context: CodeActionContext): CodeAction[] {
    const hasDiagnostics = context.diagnostics.length > 0;
    if (range.isEmpty && !hasDiagnostics) return [];
    const fix = new CodeAction(
      "Fix with Waybill",
      hasDiagnostics ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite,
    );
    fix.command = { command: COMMANDS.fix, title: "Fix with Waybill" };
    fix.diagnostics = [...context.diagnostics];
    const explain = new CodeAction("Explain with Waybill", hasDiagnostics ? CodeActionKind.QuickFix : EXPLAIN_KIND);
    explain.command = { command: COMMANDS.explain, title: "Explain with Waybill" };
    return [fix, explain];
  },
};

const EXPLAIN_KIND = CodeActionKind.Empty.append("explain");

export const PROVIDED_KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, EXPLAIN_KIND];
