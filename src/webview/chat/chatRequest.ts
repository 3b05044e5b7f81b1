import type { FromChatView } from "../../protocol/chatMessages.ts";

/** A wish of a component, on its way up to the element that holds the transport. */
export class ChatRequestEvent extends Event {
  static readonly type = "chat-request";
  readonly message: FromChatView;

  constructor(message: FromChatView) {
    super(ChatRequestEvent.type, { bubbles: true, composed: true });
    this.message = message;
  }
}

export function requestFromChat(element: HTMLElement, message: FromChatView): void {
  element.dispatchEvent(new ChatRequestEvent(message));
}
