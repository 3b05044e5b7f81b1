import assert from "node:assert/strict";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { ChatActions } from "../../src/extension/features/chat/chatActions.ts";
import { toStoredMessage, treeOfStored } from "../../src/extension/features/chat/chatRecords.ts";
import { ChatSession } from "../../src/extension/features/chat/chatSession.ts";
import type { Question } from "../../src/extension/features/chat/question.ts";
import type { ChatContent } from "../../src/extension/features/chat/sessionPorts.ts";
import type { TurnOrder } from "../../src/extension/platform/engine.ts";
import type { ChatChange, ChatViewState, MessageView } from "../../src/protocol/chatMessages.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { applyChange } from "../../src/webview/chat/applyChange.ts";
import { waybillOf } from "../store/storeFolder.ts";

export const QUESTION: Question = { text: "why?", code: [], surface: "chat", taskType: undefined };

export interface Stage {
  readonly session: ChatSession;
  readonly actions: ChatActions;
  readonly changes: ChatChange[];
  /** What is in the store, in the order in which it was first saved. */
  readonly saved: Map<string, MessageView>;
  readonly drafts: string[];
  /** What code came back with questions. */
  readonly returned: string[];
  readonly titles: string[];
  readonly orders: TurnOrder[];
  readonly outcomes: string[];
  readonly corrections: string[];
  /** Work that nobody waits for. */
  readonly beside: Promise<unknown>[];
  readonly tips: (string | undefined)[];
  /** Answers that ended well. */
  readonly answered: string[];
  /** What a view shows that began with the chat and was told of every change. */
  view(): ChatViewState;
  /** The same chat as a window loads it after this one is gone. */
  reload(turn?: Turn): Stage;
}

type Turn = (order: TurnOrder, signal: AbortSignal) => AsyncIterable<TurnEvent>;

/** A chat whose turns are scripted. */
export function stage(
  turn: Turn,
  messages: readonly MessageView[] = [],
  content: Partial<ChatContent> = {},
  mask = (text: string) => text,
): Stage {
  const records = {
    changes: [] as ChatChange[],
    saved: new Map<string, MessageView>(messages.map((message) => [message.id, message])),
    drafts: [] as string[],
    returned: [] as string[],
    titles: [] as string[],
    orders: [] as TurnOrder[],
    outcomes: [] as string[],
    corrections: [] as string[],
    beside: [] as Promise<unknown>[],
    tips: [] as (string | undefined)[],
    answered: [] as string[],
  };
  let ids = messages.length;
  let clockMs = 0;
  const whole: ChatContent = {
    chatId: "c",
    workspace: "w",
    messages,
    title: "",
    titleSource: "none",
    draft: "",
    choice: undefined,
    ...content,
  };
  const session = new ChatSession(whole, {
    runTurn: (order, signal) => {
      records.orders.push(order);
      return turn(order, signal);
    },
    mask,
    emit: (change) => records.changes.push(change),
    save: (message) => records.saved.set(message.id, message),
    remove: (gone) => gone.forEach((id) => records.saved.delete(id)),
    saveTip: (tipId) => records.tips.push(tipId),
    saveDraft: (draft) => records.drafts.push(draft),
    returnCode: (code) => records.returned.push(...code.map(({ label }) => label)),
    saveTitle: (title, source) => records.titles.push(`${source}: ${title}`),
    saveChoice: () => undefined,
    noteWaybill: () => undefined,
    noteOutcome: (turnId, kind) => records.outcomes.push(`${kind} ${turnId}`),
    noteCorrection: async (asked, taskType) => void records.corrections.push(`${taskType}: ${asked}`),
    passBudget: async ({ action, exceeded }) =>
      "blocking" in exceeded
        ? { allowance: { id: action, amount: exceeded.needed } }
        : { beginWith: exceeded.cheaper ?? action },
    noteAnswering: () => undefined,
    noteAnswered: (answerId) => records.answered.push(answerId),
    report: (work) => records.beside.push(work),
    nowMs: () => (clockMs += 400),
    newId: () => `m${(ids += 1)}`,
  });
  const first: ChatViewState = {
    chatId: "c",
    keyState: "present",
    messages: session.tree.view,
    history: [],
    draft: "",
    pendingAttachments: [],
  };
  return {
    ...records,
    session,
    actions: new ChatActions(session),
    view: () => records.changes.reduce(applyChange, first),
    reload: (again = turn) =>
      stage(
        again,
        treeOfStored(
          [...records.saved.values()].map((message) => toStoredMessage(message)),
          0,
        ),
        {
          tipId: records.tips.at(-1) ?? whole.tipId,
          draft: records.drafts.at(-1) ?? whole.draft,
        },
      ),
  };
}

export async function* script(...events: TurnEvent[]): AsyncGenerator<TurnEvent> {
  yield* events;
}

/** Gives one answer after the other. */
export function scripts(...turns: readonly (readonly TurnEvent[])[]): Turn {
  const left = [...turns];
  return () => script(...(left.shift() ?? []));
}

export const END: TurnEvent = { type: "turn-end", waybill: waybillOf(toNanoUsd(5)), problem: undefined };

export const text = (part: string): TurnEvent => ({ type: "text-delta", text: part });

/** The last answer that is shown. */
export function answerOf({ session }: Pick<Stage, "session">) {
  const last = session.messages.at(-1);
  assert.ok(last?.role === "assistant");
  return last;
}
