import type { ChatViewState, ToChatView } from "../../protocol/chatMessages.ts";
import { isComparing, isGrowing, shownComparison } from "./applyCompareChange.ts";

/** What the person typed. It leaves the composer only after the host has shown it as a message. */
export interface ComposerState {
  readonly text: string;
  /** The text of a question that was sent and is not in the conversation yet. */
  readonly sentText: string | undefined;
}

/** Everything the chat view renders from. `chat` is missing until the first snapshot. */
export interface ViewState {
  readonly chat: ChatViewState | undefined;
  readonly composer: ComposerState;
  /** Grows by one with every wish of the host to focus the composer. */
  readonly focusRequests: number;
}

/** What changes the state: a message of the host, or the person at the composer. */
export type ViewInput =
  | ToChatView
  | { readonly type: "draft-typed"; readonly text: string }
  | { readonly type: "question-sent"; readonly text: string }
  /** What comes before this message is far from what is looked at. */
  | { readonly type: "earlier-left"; readonly beforeId: string }
  /** The person does not want to send what they were asked about. */
  | { readonly type: "ask-cancelled" };

export const initialViewState: ViewState = {
  chat: undefined,
  composer: { text: "", sentText: undefined },
  focusRequests: 0,
};

/** True while an answer is on its way, so that it can be stopped. */
export function isRunning(chat: ChatViewState | undefined): boolean {
  const last = chat?.messages.at(-1);
  if (last?.role === "assistant") return isGrowing(last);
  return isComparing(shownComparison(chat));
}
