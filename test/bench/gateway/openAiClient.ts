import { OpenAI } from "openai";
import { BENCH_KEY, BENCH_MESSAGES, type ChatClient } from "./chatClient.ts";

/** The `openai` package with another base address, as OpenRouter's guide shows it. */
export function openOpenAiClient(baseUrl: string): ChatClient {
  const client = new OpenAI({ apiKey: BENCH_KEY, baseURL: baseUrl, maxRetries: 0 });
  return {
    streamText: async (model, onText) => {
      const chunks = await client.chat.completions.create({ model, messages: BENCH_MESSAGES, stream: true });
      for await (const chunk of chunks) {
        const text = chunk.choices[0]?.delta.content ?? "";
        if (text !== "") onText(text);
      }
    },
  };
}
