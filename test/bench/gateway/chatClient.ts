/** Something that streams answers. */
export interface ChatClient {
  /** Asks this model and hands over every text of the answer; settles when the answer has been read to its end. */
  streamText(model: string, onText: (text: string) => void): Promise<void>;
}

/** In the order of their turns; the bare client is what the others are compared with. */
export const CHAT_CLIENTS = ["bare", "waybill", "waybill-fetch", "openai", "openrouter-sdk", "ai"] as const;

export type ChatClientName = (typeof CHAT_CLIENTS)[number];

export const BENCH_KEY = "sk-or-v1-bench";
export const BENCH_MESSAGES = [{ role: "user" as const, content: "Explain what this function does" }];

/** Loads one client and nothing of the others. */
export async function openChatClient(name: ChatClientName, baseUrl: string): Promise<ChatClient> {
  switch (name) {
    case "bare":
      return (await import("./bareChatClient.ts")).openBareChatClient(baseUrl);
    case "waybill":
      return (await import("./waybillClient.ts")).openWaybillClient(baseUrl, "direct");
    case "waybill-fetch":
      return (await import("./waybillClient.ts")).openWaybillClient(baseUrl, "host");
    case "openai":
      return (await import("./openAiClient.ts")).openOpenAiClient(baseUrl);
    case "openrouter-sdk":
      return (await import("./openRouterSdkClient.ts")).openOpenRouterSdkClient(baseUrl);
    case "ai":
      return (await import("./aiSdkClient.ts")).openAiSdkClient(baseUrl);
  }
}
