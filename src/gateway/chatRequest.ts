import type { TokenPrices } from "../core/catalog/catalogModel.ts";
import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import { decimalToText } from "../core/money/decimal.ts";

/** A chat completion as the turn asks for it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ConversationMessage[];
  /** Always sent: without it the gateway reserves the model's longest answer. */
  readonly maxCompletionTokens: number;
  /** The dearest prices this request may be served at. */
  readonly priceCeiling: TokenPrices;
  /** Keeps a conversation with one provider, so that its prompt cache stays warm. */
  readonly sessionId: string | undefined;
}

/** The JSON body for OpenRouter's `/chat/completions`. Other servers ignore what they do not know. */
export function chatRequestBody(request: ChatRequest): string {
  return JSON.stringify({
    model: request.model,
    messages: request.messages,
    stream: true,
    max_tokens: request.maxCompletionTokens,
    provider: { max_price: maxPrice(request.priceCeiling) },
    ...(request.sessionId === undefined ? {} : { session_id: request.sessionId }),
  });
}

/** `provider.max_price` is in US dollars per million tokens, while the catalog's prices are per token. */
function maxPrice(ceiling: TokenPrices): Record<string, number> {
  const perMillion = (price: TokenPrices["promptPerToken"]) =>
    Number(decimalToText({ coefficient: price.coefficient * 1_000_000n, scale: price.scale }));
  return {
    prompt: perMillion(ceiling.promptPerToken),
    completion: perMillion(ceiling.completionPerToken),
    ...(ceiling.perRequest.coefficient === 0n ? {} : { request: Number(decimalToText(ceiling.perRequest)) }),
  };
}
