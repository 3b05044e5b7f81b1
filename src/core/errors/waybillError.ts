import type { RoutingFilter } from "./routingFilter.ts";
import type { WaybillErrorCode } from "./waybillErrorCode.ts";

export type { WaybillErrorCode } from "./waybillErrorCode.ts";

export interface WaybillErrorDetail {
  readonly cause?: unknown;
  readonly isRetryable?: boolean;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** A few words for the person, for instance a host name. Never a prompt, a header, a key or a body. */
  readonly detail?: string;
  /** The gateway's id of the generation that failed, for looking up its cost. */
  readonly generationId?: string;
  /** The request provably cost nothing: it never left, or the gateway refused it. Unless said, nobody knows. */
  readonly isUncharged?: boolean;
  /** Epoch milliseconds before which sending again is useless. */
  readonly retryAtMs?: number;
  /** The longest answer, in tokens, that the credit left would pay for. */
  readonly affordableTokens?: number;
  /** Which filter of the gateway left no endpoint. */
  readonly emptiedBy?: RoutingFilter;
  /** Display name of the provider that failed, as the gateway gives it. */
  readonly provider?: string;
}

const BRAND = Symbol.for("waybill.error");

/** The one exception class of the project. Expected outcomes are values, not exceptions. */
export class WaybillError extends Error {
  /** The extension is several bundles, each with this class in it; an error of any of them is one of ours. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  readonly [BRAND] = true;
  override readonly name = "WaybillError";
  readonly code: WaybillErrorCode;
  readonly isRetryable: boolean;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly generationId: string | undefined;
  readonly isUncharged: boolean;
  readonly retryAtMs: number | undefined;
  readonly affordableTokens: number | undefined;
  readonly emptiedBy: RoutingFilter | undefined;
  readonly provider: string | undefined;

  constructor(code: WaybillErrorCode, message: string, detail: WaybillErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.isRetryable = detail.isRetryable ?? false;
    this.status = detail.status;
    this.detail = detail.detail;
    this.generationId = detail.generationId;
    this.isUncharged = detail.isUncharged ?? false;
    this.retryAtMs = detail.retryAtMs;
    this.affordableTokens = detail.affordableTokens;
    this.emptiedBy = detail.emptiedBy;
    this.provider = detail.provider;
  }
}

export function isAborted(error: unknown): boolean {
  if (error instanceof WaybillError) return error.code === "aborted";
  return error instanceof Error && error.name === "AbortError";
}

/** Wraps what is not ours, so that every caller can rely on `code`. */
export function toWaybillError(error: unknown): WaybillError {
  if (error instanceof WaybillError) return error;
  if (isAborted(error)) return new WaybillError("aborted", "Stopped", { cause: error });
  return new WaybillError("internal", "Something unexpected went wrong inside Waybill", { cause: error });
}
