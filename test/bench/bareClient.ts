import { createParser } from "eventsource-parser";
import { Agent, request } from "undici";

/** The least code that streams an answer: one request over a kept connection, one parser. */
export interface BareClient {
  /** Milliseconds from the call to the first text of the answer; reads to the end before it settles. */
  firstTokenMs(body: string): Promise<number>;
  close(): Promise<void>;
}

export function createBareClient(baseUrl: string, key: string): BareClient {
  const dispatcher = new Agent();
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return {
    firstTokenMs: async (body) => {
      const startedAtMs = performance.now();
      let firstTokenAtMs: number | undefined;
      const parser = createParser({
        onEvent: ({ data }) => {
          if (firstTokenAtMs === undefined && hasText(data)) firstTokenAtMs = performance.now();
        },
      });
      const response = await request(`${baseUrl}/chat/completions`, { dispatcher, method: "POST", headers, body });
      const decoder = new TextDecoder();
      for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }));
      if (firstTokenAtMs === undefined) throw new Error(`No text came (status ${response.statusCode}).`);
      return firstTokenAtMs - startedAtMs;
    },
    close: () => dispatcher.close(),
  };
}

/** The bare minimum parses each frame and trusts its shape. */
function hasText(data: string): boolean {
  if (data === "[DONE]") return false;
  const chunk = JSON.parse(data) as { choices?: { delta?: { content?: string } }[] };
  return (chunk.choices?.[0]?.delta?.content ?? "") !== "";
}
