import { CONTINUE_REQUEST, buildChatMessages } from "../../../core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import type { RejectedAnswer } from "../../../core/routing/carryLesson.ts";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import type { WarmCache } from "../../../core/routing/warmCache.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { withoutSlashCommand } from "../../../core/tasks/slashCommand.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { Surface } from "../../../core/waybill/waybill.ts";
import type { UserMessageView } from "../../../protocol/chatMessages.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";

export interface Question {
  /** As it was typed; a slash command at its beginning names the task. */
  readonly text: string;
  readonly code: readonly CodeContext[];
  /** The editor reports problems in the code. They are not sent along. */
  readonly hasDiagnostics?: boolean;
  readonly surface: Surface;
  /** Set by commands that know what they are for. */
  readonly taskType: TaskType | undefined;
  /** It continues the answer before it, which was given to this text. */
  readonly continues?: string;
  /** It is asked again because an answer of this model was not accepted. */
  readonly strongerThan?: string;
  /** The stronger model that was offered. */
  readonly beginWith?: string;
  /** That answer. */
  readonly rejected?: RejectedAnswer;
  /** The model for this once, whatever the chat asks otherwise. */
  readonly choice?: ChatChoice;
  /** What the person has just let it do. */
  readonly leave?: BudgetLeave;
}

/** A question of which only the shown text is known, and no longer where it was asked. */
export function storedQuestion({ text, attachments }: UserMessageView): Question {
  const code = attachments.map((attachment) => ({ ...attachment, diagnostics: [] }));
  return { text, code, surface: "chat", taskType: undefined };
}

/** Asks for the rest of the answer to a question. */
export function continuationOf({ surface, taskType, text, continues = text }: Question): Question {
  return { text: CONTINUE_REQUEST, code: [], surface, taskType, continues };
}

/** Texts of questions that were not asked, as one draft. */
export function joinDrafts(first: string, second: string): string {
  return [first, second].filter((text) => text !== "").join("\n\n");
}

/** Two questions as one. What goes along with both, as the project's instructions do, is sent and paid for once. */
export function joinQuestions(first: Question, second: Question): Question {
  const keyOf = ({ id, label, text }: CodeContext) => JSON.stringify([id ?? label, text]);
  const again = new Set(second.code.map(keyOf));
  const code = [...first.code.filter((each) => !again.has(keyOf(each))), ...second.code];
  return { ...second, text: joinDrafts(first.text, second.text), code };
}

/** What the chat knows beside the question. */
export interface OrderContext {
  readonly chatId: string;
  readonly workspace: string;
  readonly history: readonly ConversationMessage[];
  readonly choice: ChatChoice | undefined;
  readonly warm: WarmCache | undefined;
}

/** The turn that asks a question. */
export function orderOf(question: Question, { chatId, workspace, history, choice, warm }: OrderContext): TurnOrder {
  const { surface, taskType, strongerThan, beginWith, rejected, leave } = question;
  const asked = question.choice ?? choice;
  return {
    surface,
    workspace,
    chatId,
    messages: buildChatMessages(history, withoutSlashCommand(question.text), question.code.map(asShown)),
    taskType,
    ...(strongerThan === undefined ? {} : { strongerThan }),
    ...(beginWith === undefined ? {} : { beginWith }),
    ...(rejected === undefined ? {} : { rejected }),
    ...(asked === undefined ? {} : { choice: asked }),
    ...leave,
    ...(warm === undefined ? {} : { warm }),
    signals: signalsOf({ ...question, text: question.continues ?? question.text }),
  };
}

/** The conversation shows no problems of the editor, and later questions would not repeat them: who wants them sent says so in the text. */
function asShown(code: CodeContext): CodeContext {
  return { ...code, diagnostics: [] };
}
