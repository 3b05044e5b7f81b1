import { type TextEditor, window } from "vscode";
import { fitsAnswer } from "../../platform/answerLimit.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { Settings } from "../../platform/readSettings.ts";
import { whyNotChanged } from "../edits/writeGate.ts";
import { maySend } from "../outgoing/sendGate.ts";
import { askInstruction } from "./askInstruction.ts";
import type { ChangeDecorations } from "./changeDecorations.ts";
import type { InlineWish } from "./inlineOrder.ts";
import { type InlineTarget, inlineTarget } from "./inlineTarget.ts";
import type { MentionDesk } from "./mentionDesk.ts";

interface AskParts {
  /** What the command was called with. */
  readonly parameters: readonly unknown[];
  readonly desk: MentionDesk;
  readonly decorations: ChangeDecorations;
}

/** Finds what an edit at the cursor is about, shows it, and asks what is to be done with it; `undefined` when nothing is. */
export async function askForEdit(
  editor: TextEditor,
  { context, settings }: ExtensionServices,
  { parameters, desk, decorations }: AskParts,
): Promise<{ readonly target: InlineTarget; readonly wish: InlineWish } | undefined> {
  const finding = findTarget(editor, settings());
  const given = instructionOf(parameters);
  // The input stands at once; language services tell a moment later which symbol the cursor is in.
  const instruction =
    given === undefined
      ? await askInstruction(
          {
            title: "Waybill: Edit",
            placeholder: PLACEHOLDER,
            named: finding.then((found) => show(found, editor, decorations)),
          },
          context.workspaceState,
          desk,
        )
      : { text: given, mentioned: [] };
  const target = await finding;
  decorations.clear(editor);
  if (target === undefined) return undefined;
  if (instruction === undefined) return undefined;
  if (target.document.version !== target.version)
    return tell("The file has changed meanwhile. Nothing was sent; ask again.");
  return { target, wish: { instruction } };
}

const PLACEHOLDER = "What is to be done? @ mentions files, symbols and problems";

/** What the edit is about; where there can be none, the person is told why. */
async function findTarget(editor: TextEditor, settings: Settings): Promise<InlineTarget | undefined> {
  const { document } = editor;
  const [why, isSendable, target] = await Promise.all([
    whyNotChanged(document.uri),
    maySend(document),
    inlineTarget(editor),
  ]);
  if (!isSendable) return undefined;
  if (why !== undefined) return tell(`This file ${why}. Nothing was sent.`);
  const isWritten = target.kind === "generate" || fitsAnswer(target.lines.join("\n"), "edit", settings);
  return isWritten ? target : undefined;
}

/** Shows the lines, and gives the title of the input; `undefined` closes it. */
function show(found: InlineTarget | undefined, editor: TextEditor, decorations: ChangeDecorations): string | undefined {
  if (found === undefined) return undefined;
  decorations.showRegion(editor, found.firstLine, found.lines.length);
  return `Waybill: ${found.kind === "generate" ? "Write" : "Edit"} ${found.name}`;
}

/** A key of the person's own may carry what is to be done: `"args": { "instruction": "Add types" }`. */
function instructionOf([given]: readonly unknown[]): string | undefined {
  if (typeof given !== "object" || given === null || !("instruction" in given)) return undefined;
  const { instruction } = given;
  return typeof instruction === "string" && instruction.trim() !== "" ? instruction.trim() : undefined;
}

export async function tell(sentence: string): Promise<undefined> {
  void window.showInformationMessage(sentence);
  return undefined;
}
