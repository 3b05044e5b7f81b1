/** Closed set of what can go wrong. Tests and decisions use the code, never the message. */
export type WaybillErrorCode =
  | "aborted"
  | "auth"
  | "bad-request"
  | "credits"
  | "key-limit"
  | "forbidden"
  | "model-not-found"
  | "no-endpoint"
  | "context-too-long"
  | "rate-limited"
  | "provider-down"
  | "network"
  | "timeout"
  | "protocol"
  | "incomplete"
  | "key-missing"
  | "settings-invalid"
  | "key-unreadable"
  | "ledger-damaged"
  | "ledger-unusable"
  | "ledger-busy"
  | "internal";

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
}

/** The one exception class of the project. Expected outcomes are values, not exceptions. */
export class WaybillError extends Error {
  override readonly name = "WaybillError";
  readonly code: WaybillErrorCode;
  readonly isRetryable: boolean;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly generationId: string | undefined;
  readonly isUncharged: boolean;

  constructor(code: WaybillErrorCode, message: string, detail: WaybillErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.isRetryable = detail.isRetryable ?? false;
    this.status = detail.status;
    this.detail = detail.detail;
    this.generationId = detail.generationId;
    this.isUncharged = detail.isUncharged ?? false;
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
