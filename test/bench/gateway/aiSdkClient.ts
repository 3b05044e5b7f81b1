import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { streamText } from "ai";
import { BENCH_KEY, BENCH_MESSAGES, type ChatClient } from "./chatClient.ts";

/** The AI SDK with OpenRouter's provider. */
export function openAiSdkClient(baseUrl: string): ChatClient {
  const provider = createOpenRouter({ apiKey: BENCH_KEY, baseURL: baseUrl, compatibility: "strict" });
  return {
    streamText: async (model, onText) => {
      const { textStream } = streamText({ model: provider.chat(model), messages: BENCH_MESSAGES, maxRetries: 0 });
      for await (const text of textStream) onText(text);
    },
  };
}
