import type { RoutingFilter } from "../errors/routingFilter.ts";
import type { WaybillError } from "../errors/waybillError.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { PrivacyDemand } from "../privacy/privacyDemand.ts";

/** Where the turn stood when it failed; it decides what is said about money and text. */
export interface FailureContext {
  /** For instance `openrouter.ai` or `127.0.0.1:8080`. */
  readonly gatewayHost: string;
  readonly modelName: string | undefined;
  /** A chat request had left, so it may have cost something unless the error says otherwise. */
  readonly wasSent: boolean;
  /** Text that had already arrived is kept. */
  readonly hasText: boolean;
  /** How often it was tried; 1 when absent. */
  readonly attempts?: number;
  /** An answer before it came and did not do. */
  readonly hasRejectedAnswer?: boolean;
  /** What was demanded of providers. */
  readonly privacy?: PrivacyDemand | undefined;
  /** What going on or asking again may cost. */
  readonly nextAtMost?: NanoUsd;
  /** Local time of day for epoch milliseconds; without it no time is named. */
  readonly formatTime?: (atMs: number) => string;
}

const PRIVACY_FILTERS: ReadonlySet<RoutingFilter> = new Set([
  "the data policy",
  "zero data retention",
  "the no-training rule",
  "the allowed providers",
]);

/** Whether the gateway found nobody because of what may be done with the text. */
export function isByPrivacy({ emptiedBy }: Pick<WaybillError, "emptiedBy">): boolean {
  return emptiedBy !== undefined && PRIVACY_FILTERS.has(emptiedBy);
}
