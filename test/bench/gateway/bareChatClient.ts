import { createBareClient } from "../bareClient.ts";
import { BENCH_KEY, BENCH_MESSAGES, type ChatClient } from "./chatClient.ts";

/** undici with eventsource-parser, and `JSON.parse` for each frame. */
export function openBareChatClient(baseUrl: string): ChatClient {
  const bare = createBareClient(baseUrl, BENCH_KEY);
  return {
    streamText: (model, onText) =>
      bare.streamText(JSON.stringify({ model, messages: BENCH_MESSAGES, stream: true }), onText),
  };
}
