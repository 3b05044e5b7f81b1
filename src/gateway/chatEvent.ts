import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { TokenUsage } from "../core/waybill/waybill.ts";

/** What the gateway says of a finished answer. An unknown finish reason of the future is `other`. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

/** What was left out of an answer without failing it. */
type ChatWarning = "garbage-frame" | "audio-ignored" | "nameless-tool-call";

/** A call the model asks for. `arguments` is JSON as the model wrote it, `{}` when it wrote none. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** A source on the web. The indexes are UTF-16 positions in the answer's text. Source: OpenRouter `url_citation`. */
export interface Citation {
  readonly url: string;
  readonly title: string | undefined;
  readonly quote: string | undefined;
  readonly startIndex: number | undefined;
  readonly endIndex: number | undefined;
}

/** The last event of a good answer. */
interface ChatFinish {
  readonly type: "finish";
  readonly reason: FinishReason;
  readonly usage: TokenUsage | undefined;
  /** `undefined` when the gateway did not say it. */
  readonly cost: NanoUsd | undefined;
  /** Complete, in order and unchanged, to be sent back with the next request; an empty list is not `undefined`. */
  readonly reasoningDetails: readonly unknown[] | undefined;
  /** `openrouter_metadata` as it came, when the request wanted it. */
  readonly routerMetadata: unknown;
}

/** One thing read from an answer that is streaming in. Tool calls are told at the end, each once and whole. */
export type ChatEvent =
  | { readonly type: "response-start"; readonly generationId: string | undefined }
  | { readonly type: "served"; readonly model: string | undefined; readonly provider: string | undefined }
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "reasoning-delta"; readonly text: string }
  /** The model's own words for why it does not answer. */
  | { readonly type: "refusal-delta"; readonly text: string }
  /** So far, of a server that reports it before the end. */
  | { readonly type: "usage"; readonly completionTokens: number }
  /** A web or `data:` address. */
  | { readonly type: "image"; readonly url: string }
  | ({ readonly type: "citation" } & Citation)
  | ({ readonly type: "tool-call" } & ToolCall)
  | { readonly type: "warning"; readonly warning: ChatWarning }
  | ChatFinish;
