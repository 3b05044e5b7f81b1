import type { FromChatView } from "../../../protocol/chatMessages.ts";

/** What the panel itself answers: all that a first question needs. */
const FIRST_REQUESTS = [
  "ready",
  "resync",
  "send",
  "queue",
  "unqueue",
  "stop",
  "new-chat",
  "draft-changed",
  "view-failed",
] as const satisfies readonly FromChatView["type"][];

export type FirstRequest = Extract<FromChatView, { readonly type: (typeof FIRST_REQUESTS)[number] }>;

/** What is answered by a bundle of its own. */
export type LaterRequest = Exclude<FromChatView, FirstRequest>;

export function isFirst(message: FromChatView): message is FirstRequest {
  const first: readonly string[] = FIRST_REQUESTS;
  return first.includes(message.type);
}
