import { type Problem, problem } from "../../../core/problems/problem.ts";
import type { AnswerState, MessageView } from "../../../protocol/chatMessages.ts";
import { readStoredDetails, writeStoredDetails } from "../../../protocol/storedDetails.ts";
import type { StoredMessage } from "../../../store/chatStore.ts";

/** A message as the store keeps it. */
export function toStoredMessage(message: MessageView): StoredMessage {
  if (message.role === "user") {
    const details = writeStoredDetails({ attachments: message.attachments });
    return { id: message.id, role: "user", text: message.text, reasoning: "", state: "done", details };
  }
  const { waybill, problem, stronger, relation, turnId, correctedTask, note, route } = message;
  return {
    id: message.id,
    role: "assistant",
    text: message.text,
    reasoning: message.reasoning,
    state: message.state,
    details: writeStoredDetails({
      ...(waybill === undefined ? {} : { waybill }),
      ...(problem === undefined ? {} : { problem: { sentence: problem.sentence } }),
      ...(stronger === undefined ? {} : { stronger }),
      ...(relation === undefined ? {} : { relation }),
      ...(turnId === undefined ? {} : { turnId }),
      ...(correctedTask === undefined ? {} : { correctedTask }),
      ...(note === undefined ? {} : { note }),
      ...(route === undefined ? {} : { route }),
    }),
  };
}

/** A stored message as the view shows it. An answer that was still being written lost its window. */
export function fromStoredMessage(stored: StoredMessage): MessageView {
  const { attachments, problem: met, ...details } = readStoredDetails(stored.details);
  if (stored.role === "user") {
    return { role: "user", id: stored.id, text: stored.text, attachments: attachments ?? [] };
  }
  const state = toAnswerState(stored.state);
  const wasCut = state === "waiting" || state === "streaming";
  const shown = wasCut ? { sentence: CUT_SENTENCE } : met;
  return {
    role: "assistant",
    id: stored.id,
    text: stored.text,
    reasoning: stored.reasoning,
    state: wasCut ? "incomplete" : state,
    ...details,
    ...(shown === undefined ? {} : { problem: repeatable(shown.sentence, stored.text !== "") }),
  };
}

function repeatable(sentence: string, hasText: boolean): Problem {
  return hasText ? problem(sentence, "continue", "try-again") : problem(sentence, "try-again");
}

const CUT_SENTENCE =
  "The window closed before this answer ended. The text so far is kept; what it cost stays reserved in your budget until it is known.";

const ANSWER_STATES: readonly AnswerState[] = ["waiting", "streaming", "done", "stopped", "failed", "incomplete"];

function toAnswerState(state: string): AnswerState {
  return ANSWER_STATES.find((known) => known === state) ?? "incomplete";
}
