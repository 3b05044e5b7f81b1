import { OpenRouter } from "@openrouter/sdk";
import { BENCH_KEY, BENCH_MESSAGES, type ChatClient } from "./chatClient.ts";

/** OpenRouter's own SDK. */
export function openOpenRouterSdkClient(baseUrl: string): ChatClient {
  const sdk = new OpenRouter({ apiKey: BENCH_KEY, serverURL: baseUrl, retryConfig: { strategy: "none" } });
  return {
    streamText: async (model, onText) => {
      const chunks = await sdk.chat.send({ chatRequest: { model, messages: BENCH_MESSAGES, stream: true } });
      if ("choices" in chunks) throw new TypeError("An answer came instead of a stream.");
      for await (const chunk of chunks) {
        const text = chunk.choices[0]?.delta.content ?? "";
        if (text !== "") onText(text);
      }
    },
  };
}
