import type { ChatChange, ChatViewState } from "../../protocol/chatMessages.ts";

type Change<Kind extends ChatChange["kind"]> = Extract<ChatChange, { readonly kind: Kind }>;

/** Another branch is shown. Its first messages may be ones that the view does not hold. */
export function withPath(chat: ChatViewState, { keep, messages }: Change<"path-changed">): ChatViewState {
  const { earlier = 0 } = chat;
  const kept = chat.messages.slice(0, Math.max(0, keep - earlier));
  return withStart({ ...chat, messages: [...kept, ...messages] }, Math.min(earlier, keep), chat.firstQuestion);
}

/** A page that does not fit to the first message is not taken: that one may have been asked for twice, or be gone. */
export function withEarlier(chat: ChatViewState, change: Change<"earlier-added">): ChatViewState {
  if (chat.messages[0]?.id !== change.beforeId) return chat;
  return withStart({ ...chat, messages: [...change.messages, ...chat.messages] }, change.earlier, chat.firstQuestion);
}

/** Forgets what comes before a message. It is asked for again when it is wanted. */
export function withoutEarlier(chat: ChatViewState, beforeId: string): ChatViewState {
  const place = chat.messages.findIndex(({ id }) => id === beforeId);
  if (place <= 0) return chat;
  const { earlier = 0, messages } = chat;
  const firstQuestion = chat.firstQuestion ?? messages.find(({ role }) => role === "user")?.text;
  return withStart({ ...chat, messages: messages.slice(place) }, earlier + place, firstQuestion);
}

function withStart(chat: ChatViewState, earlier: number, firstQuestion: string | undefined): ChatViewState {
  const { earlier: _earlier, firstQuestion: _firstQuestion, ...rest } = chat;
  if (earlier === 0) return rest;
  return { ...rest, earlier, ...(firstQuestion === undefined ? {} : { firstQuestion }) };
}
