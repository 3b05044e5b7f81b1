import { buildInlineMessages, refineMessages } from "../../../core/conversation/buildInlineMessages.ts";
import type { CodeContext, ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { workspace } from "vscode";
import type { Instruction } from "./askInstruction.ts";
import { type InlineTarget, surroundings } from "./inlineTarget.ts";

/** What the person asked for, and how it is to be asked. */
export interface InlineWish {
  readonly instruction: Instruction;
  /** What was answered before, where this refines it. */
  readonly before?: { readonly messages: readonly ConversationMessage[]; readonly answer: string };
  /** Another model than the rules would choose first. */
  readonly model?: Pick<TurnOrder, "choice" | "strongerThan" | "beginWith" | "rejected">;
  /** What the person has just let it do. */
  readonly leave?: BudgetLeave;
}

/** What a turn is ordered with. */
export function inlineOrder(target: InlineTarget, wish: InlineWish): TurnOrder {
  const { text } = wish.instruction;
  const code = codeOf(target);
  return {
    ...wish.model,
    ...wish.leave,
    surface: "inline-edit",
    workspace: workspaceKey(),
    chatId: undefined,
    messages: inlineMessages(target, wish),
    taskType: target.kind === "generate" ? "generate" : "edit",
    signals: signalsOf({ text, code: code === undefined ? [] : [code], surface: "inline-edit" }),
  };
}

export function inlineMessages(
  target: InlineTarget,
  { instruction, before }: InlineWish,
): readonly ConversationMessage[] {
  if (before !== undefined) return refineMessages(before.messages, before.answer, instruction.text);
  const around = [...instruction.mentioned, ...surroundings(target)];
  return buildInlineMessages({
    instruction: wordsOf(target, instruction),
    kind: target.kind,
    code: codeOf(target),
    around,
  });
}

/** New code is asked for by the place where it is to stand. */
function wordsOf({ document, firstLine, kind, keepsLines }: InlineTarget, { text }: Instruction): string {
  if (kind === "rewrite") return text;
  const name = workspace.asRelativePath(document.uri, false);
  const place = keepsLines ? `directly below line ${firstLine + 1}` : `in place of the empty line ${firstLine + 1}`;
  return `${text}\n\nThe code is put into ${name} (${document.languageId}), ${place}.`;
}

function codeOf({ document, firstLine, lines }: InlineTarget): CodeContext | undefined {
  const text = lines.join("\n");
  if (text.trim() === "") return undefined;
  const name = workspace.asRelativePath(document.uri, false);
  const label = `${name}:${firstLine + 1}-${firstLine + lines.length}`;
  return { label, languageId: document.languageId, text, diagnostics: [] };
}
