import { type TreeNode, mendTree } from "../../../core/chat/chatTree.ts";
import { type Problem, problem } from "../../../core/problems/problem.ts";
import type { AnswerState, MessageView } from "../../../protocol/chatMessages.ts";
import { readStoredDetails, writeStoredDetails } from "../../../protocol/storedDetails.ts";
import type { StoredMessage } from "../../../store/chatStore.ts";

/** A message as the store keeps it. What an answer says of secrets is shown and not kept: `mask` takes them out. */
export function toStoredMessage(message: MessageView, mask = (text: string) => text): StoredMessage {
  if (message.role === "user") {
    const details = writeStoredDetails({ attachments: message.attachments });
    return { ...placeOf(message), role: "user", text: message.text, reasoning: "", state: "done", details };
  }
  const { sources, waybill, problem, stronger, relation, turnId, correctedTask, note, route, condenses, compared } =
    message;
  return {
    ...placeOf(message),
    role: "assistant",
    text: mask(message.text),
    reasoning: mask(message.reasoning),
    state: message.state,
    details: writeStoredDetails({
      ...(sources === undefined ? {} : { sources }),
      ...(waybill === undefined ? {} : { waybill }),
      ...(problem === undefined ? {} : { problem: { sentence: problem.sentence } }),
      ...(stronger === undefined ? {} : { stronger }),
      ...(relation === undefined ? {} : { relation }),
      ...(turnId === undefined ? {} : { turnId }),
      ...(correctedTask === undefined ? {} : { correctedTask }),
      ...(note === undefined ? {} : { note }),
      ...(route === undefined ? {} : { route }),
      ...(condenses === undefined ? {} : { condenses }),
      ...(compared === undefined ? {} : { compared }),
    }),
  };
}

/** A stored message as the view shows it. An answer that was still being written then lost its window, or another one writes it. */
export function fromStoredMessage(stored: StoredMessage, nowMs: number): MessageView {
  const { attachments, problem: met, ...details } = readStoredDetails(stored.details);
  if (stored.role === "user") {
    return { role: "user", ...placeOf(stored), text: stored.text, attachments: attachments ?? [] };
  }
  const state = toAnswerState(stored.state);
  const isUnderWay = state === "waiting" || state === "streaming";
  const isElsewhere = isUnderWay && (stored.writtenUntilMs ?? 0) > nowMs;
  const wasCut = isUnderWay && !isElsewhere;
  const shown = wasCut ? { sentence: CUT_SENTENCE } : met;
  return {
    role: "assistant",
    ...placeOf(stored),
    text: stored.text,
    reasoning: stored.reasoning,
    state: wasCut ? "incomplete" : state,
    ...details,
    ...(shown === undefined ? {} : { problem: repeatable(shown.sentence, stored.text !== "") }),
    ...(isElsewhere ? { isElsewhere, note: ELSEWHERE_NOTE } : {}),
  };
}

/**
 * The messages of a stored chat as a tree. Where answers were kept in a line, one that took the place of the answer before it
 * stands beside that now.
 */
export function treeOfStored(stored: readonly StoredMessage[], nowMs: number): readonly MessageView[] {
  const placed = new Map<string, MessageView>();
  for (const message of mendTree(
    stored.map((each) => fromStoredMessage(each, nowMs)),
    withoutParent,
  )) {
    const before = message.parentId === undefined ? undefined : placed.get(message.parentId);
    const isInLine = message.role === "assistant" && message.relation === "replaces" && before?.role === "assistant";
    placed.set(message.id, isInLine ? { ...withoutParent(message), ...parentOf(before) } : message);
  }
  return [...placed.values()];
}

function withoutParent(message: MessageView): MessageView {
  const { parentId: _parentId, ...rest } = message;
  return rest;
}

function placeOf(node: TreeNode): TreeNode {
  return { id: node.id, ...parentOf(node) };
}

function parentOf({ parentId }: TreeNode): Pick<TreeNode, "parentId"> {
  return parentId === undefined ? {} : { parentId };
}

function repeatable(sentence: string, hasText: boolean): Problem {
  return hasText ? problem(sentence, "continue", "try-again") : problem(sentence, "try-again");
}

const CUT_SENTENCE =
  "The window closed before this answer ended. The text so far is kept; what it cost stays reserved in your budget until it is known.";

const ELSEWHERE_NOTE =
  "This is being answered in another window. Its text appears here as it is saved, and is paid for once.";

const ANSWER_STATES: readonly AnswerState[] = ["waiting", "streaming", "done", "stopped", "failed", "incomplete"];

function toAnswerState(state: string): AnswerState {
  return ANSWER_STATES.find((known) => known === state) ?? "incomplete";
}
