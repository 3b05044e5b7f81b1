import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  CodeActionTriggerKind,
  type Range,
  type Selection,
  type TextDocument,
} from "vscode";
import { type EditorAction, actionsFor } from "../../../core/actions/editorAction.ts";
import { COMMANDS, type CommandId } from "../../platform/contributions.ts";
import { actionPlace } from "./actionPlace.ts";
import { problemsOf } from "./targetCode.ts";

const EXPLAIN_KIND = CodeActionKind.Empty.append("explain");
const REVIEW_KIND = CodeActionKind.Empty.append("review");
const TESTS_KIND = CodeActionKind.RefactorRewrite.append("tests");

export const PROVIDED_KINDS = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, EXPLAIN_KIND, REVIEW_KIND];

interface Offer {
  readonly title: string;
  readonly command: CommandId;
  readonly kind: CodeActionKind;
}

const OFFERS: Readonly<Record<EditorAction, Offer>> = {
  fix: { title: "Fix with Waybill", command: COMMANDS.fix, kind: CodeActionKind.RefactorRewrite },
  explain: { title: "Explain with Waybill", command: COMMANDS.explain, kind: EXPLAIN_KIND },
  refactor: { title: "Refactor with Waybill…", command: COMMANDS.refactor, kind: CodeActionKind.RefactorRewrite },
  tests: { title: "Write Tests with Waybill", command: COMMANDS.writeTests, kind: TESTS_KIND },
  document: { title: "Document with Waybill", command: COMMANDS.document, kind: CodeActionKind.RefactorRewrite },
  simplify: { title: "Simplify with Waybill", command: COMMANDS.simplify, kind: CodeActionKind.RefactorRewrite },
  types: { title: "Add Types with Waybill", command: COMMANDS.addTypes, kind: CodeActionKind.RefactorRewrite },
  review: { title: "Review Selection with Waybill", command: COMMANDS.reviewSelection, kind: REVIEW_KIND },
};

const FIX_ALL: Offer = {
  title: "Fix All Problems of the File with Waybill",
  command: COMMANDS.fixAll,
  kind: CodeActionKind.QuickFix,
};

/** At the cursor there is something to fix or explain only where there is a problem, and nothing to review. */
const NEEDS_CODE: ReadonlySet<EditorAction> = new Set(["fix", "explain", "review"]);

/**
 * What makes sense here in the light bulb. Computed from what the editor already knows, without any request. The commands carry
 * no arguments: VS Code may drop those once the light bulb closes, so each looks at the editor again.
 */
export const codeActionProvider: CodeActionProvider = {
  provideCodeActions(document: TextDocument, range: Range | Selection, context: CodeActionContext): CodeAction[] {
    const hasDiagnostics = context.diagnostics.length > 0;
    const isAsked = context.triggerKind === CodeActionTriggerKind.Invoke;
    // A light bulb on every line the cursor comes to would say nothing.
    if (range.isEmpty && !hasDiagnostics && !isAsked) return [];
    const actions = actionsFor(actionPlace(document));
    const offered = actions.filter((action) => {
      if (!range.isEmpty) return true;
      return NEEDS_CODE.has(action) ? hasDiagnostics && action !== "review" : isAsked;
    });
    const hasMore =
      hasDiagnostics && actions.includes("fix") && problemsOf(document).length > context.diagnostics.length;
    return [
      ...offered.map((action) => actionOf(action, context)),
      ...(hasMore ? [codeAction(FIX_ALL, FIX_ALL.kind, context)] : []),
    ];
  },
};

function actionOf(action: EditorAction, context: CodeActionContext): CodeAction {
  const offer = OFFERS[action];
  const isForProblem = context.diagnostics.length > 0 && (action === "fix" || action === "explain");
  return codeAction(offer, isForProblem ? CodeActionKind.QuickFix : offer.kind, context);
}

function codeAction({ title, command }: Offer, kind: CodeActionKind, { diagnostics }: CodeActionContext): CodeAction {
  const action = new CodeAction(title, kind);
  action.command = { command, title };
  if (kind.contains(CodeActionKind.QuickFix)) action.diagnostics = [...diagnostics];
  return action;
}
