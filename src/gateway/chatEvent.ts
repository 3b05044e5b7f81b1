import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { TokenUsage } from "../core/waybill/waybill.ts";

/** What the gateway says of a finished answer. An unknown finish reason of the future is `other`. */
export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

/** One thing read from an answer that is streaming in. */
export type ChatEvent =
  | { readonly type: "response-start"; readonly generationId: string | undefined }
  | { readonly type: "served"; readonly model: string | undefined; readonly provider: string | undefined }
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "reasoning-delta"; readonly text: string }
  | { readonly type: "warning"; readonly warning: "garbage-frame" }
  /** The last event of a good answer. `cost` is `undefined` when the gateway did not say it. */
  | {
      readonly type: "finish";
      readonly reason: FinishReason;
      readonly usage: TokenUsage | undefined;
      readonly cost: NanoUsd | undefined;
    };
