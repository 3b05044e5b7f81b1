import type { FromChatView, ToChatView } from "../../protocol/chatMessages.ts";
import { wayToHost } from "../wayToHost.ts";
import { SequenceGate } from "./sequenceGate.ts";

/** The only way to the host. */
export interface Transport {
  send(message: FromChatView): void;
  /** Says `ready` and hands over every message of the host once and in order, until the returned function is called. */
  start(onMessage: (message: ToChatView) => void): () => void;
}

/** The transport of the real view. To be called once. */
export function connectToVsCode(): Transport {
  return createTransport({ post: wayToHost(), source: window });
}

/** Joins a way to post and a source of `message` events. */
export function createTransport(ends: { post: (message: FromChatView) => void; source: EventTarget }): Transport {
  const gate = new SequenceGate();
  const send = (message: FromChatView): void => {
    if (message.type === "resync") gate.expectSnapshot();
    ends.post(message);
  };
  return {
    send,
    start(onMessage) {
      const listener = (event: Event): void => {
        const message: unknown = "data" in event ? event.data : undefined;
        if (!isFromHost(message)) return;
        const verdict = gate.judge(message);
        if (verdict === "apply") onMessage(message);
        else if (verdict === "resync") send({ type: "resync" });
      };
      ends.source.addEventListener("message", listener);
      send({ type: "ready" });
      return () => ends.source.removeEventListener("message", listener);
    },
  };
}

/** The host is trusted and ships with the view; this only tells its messages from those of the page around the view. */
function isFromHost(value: unknown): value is ToChatView {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  const types: readonly unknown[] = [
    "snapshot",
    "delta",
    "focus-composer",
    "focus-back",
  ] satisfies ToChatView["type"][];
  return types.includes(value.type);
}
