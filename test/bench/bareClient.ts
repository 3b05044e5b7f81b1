import { createParser } from "eventsource-parser";
import { Agent, request } from "undici";

/** The least code that streams an answer: one request over a kept connection, one parser. */
export interface BareClient {
  /** Hands over every text of the answer; reads to the end before it settles. */
  streamText(body: string, onText: (text: string) => void): Promise<void>;
  /** Milliseconds from the call to the first text of the answer; reads to the end before it settles. */
  firstTokenMs(body: string): Promise<number>;
  close(): Promise<void>;
}

export function createBareClient(baseUrl: string, key: string): BareClient {
  const dispatcher = new Agent();
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const streamText: BareClient["streamText"] = async (body, onText) => {
    const parser = createParser({
      onEvent: ({ data }) => {
        const text = textIn(data);
        if (text !== "") onText(text);
      },
    });
    const response = await request(`${baseUrl}/chat/completions`, { dispatcher, method: "POST", headers, body });
    const decoder = new TextDecoder();
    for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }));
    if (response.statusCode !== 200) throw new Error(`The answer has the status ${response.statusCode}.`);
  };
  return {
    streamText,
    firstTokenMs: async (body) => {
      const startedAtMs = performance.now();
      let firstTokenAtMs: number | undefined;
      await streamText(body, () => (firstTokenAtMs ??= performance.now()));
      if (firstTokenAtMs === undefined) throw new Error("No text came.");
      return firstTokenAtMs - startedAtMs;
    },
    close: () => dispatcher.close(),
  };
}

/** The bare minimum parses each frame and trusts its shape. */
function textIn(data: string): string {
  if (data === "[DONE]") return "";
  const chunk = JSON.parse(data) as { choices?: { delta?: { content?: string } }[] };
  return chunk.choices?.[0]?.delta?.content ?? "";
}
