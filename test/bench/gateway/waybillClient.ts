import type { UsdPrice } from "../../../src/core/catalog/modelPrices.ts";
import type { ChatRequest } from "../../../src/gateway/chatRequest.ts";
import { OPENROUTER_CAPABILITIES } from "../../../src/gateway/gatewayCapabilities.ts";
import { createOpenRouterGateway } from "../../../src/gateway/openRouterGateway.ts";
import { selectTransport } from "../../../src/gateway/selectTransport.ts";
import type { Transport } from "../../../src/gateway/transport.ts";
import { BENCH_KEY, BENCH_MESSAGES, type ChatClient } from "./chatClient.ts";

const PRICE: UsdPrice = { coefficient: 15n, scale: 6 };

/** Our gateway over undici (`direct`) or Node's `fetch` (`host`). */
export function openWaybillClient(baseUrl: string, transport: "direct" | "host"): ChatClient {
  const url = new URL(baseUrl);
  return createWaybillClient(url, selectTransport(transport, url).send);
}

/** Our gateway as a turn uses it for OpenRouter. Reads every event; an answer without its cost is an error. */
export function createWaybillClient(baseUrl: URL, transport: Transport): ChatClient {
  const gateway = createOpenRouterGateway({
    baseUrl,
    transport,
    credential: async () => ({ origin: baseUrl.origin, key: BENCH_KEY }),
    now: () => Date.now(),
    capabilities: OPENROUTER_CAPABILITIES,
  });
  return {
    streamText: async (model, onText) => {
      let hasCost = false;
      for await (const events of gateway.streamChat(requestFor(model), new AbortController().signal)) {
        for (const event of events) {
          if (event.type === "text-delta") onText(event.text);
          else if (event.type === "finish") hasCost = event.cost !== undefined;
        }
      }
      if (!hasCost) throw new Error("The answer came without its cost.");
    },
  };
}

function requestFor(model: string): ChatRequest {
  return {
    model,
    messages: BENCH_MESSAGES,
    maxCompletionTokens: 4096,
    priceCeiling: { promptPerToken: PRICE, completionPerToken: PRICE, perRequest: { coefficient: 0n, scale: 0 } },
    sessionId: "bench",
  };
}
