import { type TextEditor, window, workspace } from "vscode";
import { type EditorAction, actionsFor } from "../../../core/actions/editorAction.ts";
import { type RewriteAction, rewriteWish } from "../../../core/actions/rewriteWish.ts";
import { buildRewriteMessages } from "../../../core/conversation/buildMessages.ts";
import { fitsAnswer } from "../../platform/answerLimit.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { LazyChatPanel } from "../chat/chatFeature.ts";
import { isFree } from "../edits/waitingChanges.ts";
import { maySend } from "../outgoing/sendGate.ts";
import { actionPlace } from "./actionPlace.ts";
import { askRefactoring } from "./askRefactoring.ts";
import { nearbyOf } from "./nearbyOf.ts";
import { type TargetCode, selectionTarget, targetCode } from "./targetCode.ts";
import { fixableFile } from "./fixableFile.ts";
import { selectionOrSymbol } from "./symbolTarget.ts";
import { writeTests } from "./writeTests.ts";

export type AskedAction = EditorAction | "fix-all";

export interface ActionPorts {
  readonly services: ExtensionServices;
  readonly panel: LazyChatPanel;
}

const NEEDS_SELECTION = "Select some code first.";
const NEEDS_PROBLEM = "Select some code first, or put the cursor on a problem.";
const NEEDS_DEFINITION = "Select some code first, or put the cursor into a function, a class or a section.";

/** Does what was chosen with the code in the active editor, as it is now. */
export async function runEditorAction(ports: ActionPorts, action: AskedAction): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return tell("Open a file first.");
  if (!workspace.isTrusted) return tell("Waybill reads no files in Restricted Mode. Trust this workspace first.");
  const { document } = editor;
  const wanted = action === "fix-all" ? "fix" : action;
  if (!actionsFor(actionPlace(document)).includes(wanted)) {
    return tell(`${NAMES[wanted]} makes no sense in this document, or it cannot be written. Choose another action.`);
  }
  if (!(await maySend(document))) return;
  const isRead = action === "explain" || action === "review";
  if (!isRead && !isFree(ports.services.context.workspaceState, document)) return;
  switch (action) {
    case "explain":
      return withTarget(targetCode(editor), NEEDS_PROBLEM, (target) => explain(ports, target));
    case "review":
      return withTarget(selected(editor), NEEDS_SELECTION, (target) => review(ports, target));
    case "fix":
      return withTarget(targetCode(editor), NEEDS_PROBLEM, (target) => rewrite(ports, "fix", target));
    case "fix-all":
      return fixAll(ports, editor);
    case "tests":
      return writeTests(ports.services, editor, tell);
    case "refactor":
    case "document":
    case "simplify":
    case "types":
      return withTarget(await selectionOrSymbol(editor), NEEDS_DEFINITION, (target) => rewrite(ports, action, target));
  }
}

const NAMES: Readonly<Record<EditorAction, string>> = {
  fix: "Fix",
  explain: "Explain",
  refactor: "Refactor",
  tests: "Write Tests",
  document: "Document",
  simplify: "Simplify",
  types: "Add Types",
  review: "Review Selection",
};

async function explain({ panel, services }: ActionPorts, target: TargetCode): Promise<void> {
  const { context } = target;
  const text =
    context.diagnostics.length === 0
      ? "Explain this code."
      : `Explain this code and its problems:\n${context.diagnostics.join("\n")}`;
  const code = [{ ...context, diagnostics: [] }, ...(await nearbyOf(services, target))];
  await (await panel.get()).ask({ text, code, surface: "explain", taskType: "explain" });
}

async function review({ panel }: ActionPorts, { context }: TargetCode): Promise<void> {
  const wish = "Review this code. Name what is wrong or risky first, each with its line, then what could be better.";
  const problems = context.diagnostics.join("\n");
  const text = problems === "" ? wish : `${wish}\nThe editor reports:\n${problems}`;
  await (await panel.get()).ask({ text, code: [context], surface: "chat", taskType: "review" });
}

async function fixAll(ports: ActionPorts, { document }: TextEditor): Promise<void> {
  const target = fixableFile(document);
  return typeof target === "string" ? tell(target) : rewrite(ports, "fix", target);
}

async function rewrite({ services }: ActionPorts, action: RewriteAction, target: TargetCode): Promise<void> {
  const { languageId, uri } = target.document;
  const detail = action === "refactor" ? await askRefactoring(languageId, uri.path) : "";
  if (detail === undefined) return;
  const wish = rewriteWish(action, languageId, detail);
  if (!fitsAnswer(target.context.text, wish.taskType, services.settings())) return;
  const beside = action === "fix" ? await nearbyOf(services, target) : [];
  const messages = buildRewriteMessages(wish.instruction, target.context, beside);
  await (await services.proposals()).propose({ target, wish, messages, beside });
}

function selected({ document, selection }: TextEditor): TargetCode | undefined {
  return selection.isEmpty ? undefined : selectionTarget(document, selection);
}

async function withTarget(
  target: TargetCode | undefined,
  otherwise: string,
  act: (target: TargetCode) => Promise<void>,
): Promise<void> {
  return target === undefined ? tell(otherwise) : act(target);
}

async function tell(why: string): Promise<void> {
  await window.showInformationMessage(`${why} Nothing was sent.`);
}
