import { WaybillError, type WaybillErrorCode } from "../core/errors/waybillError.ts";
import { parseJson } from "./parseJson.ts";
import { type GatewayErrorBody, errorBodySchema } from "./errorSchema.ts";

/** An HTTP answer that is not 2xx. The body is read for its codes and then dropped. */
export function classifyHttpError(status: number, body: string, generationId: string | undefined): WaybillError {
  const parsed = errorBodySchema.safeParse(parseJson(body));
  if (parsed.success) return classifyErrorBody(parsed.data.error, { status, generationId, isUncharged: true });
  return new WaybillError("protocol", `The gateway answered ${status} without an error body`, {
    status,
    detail: describeForeignBody(status, body),
    isUncharged: status < 500,
    isRetryable: status >= 500,
    ...(generationId === undefined ? {} : { generationId }),
  });
}

export interface ErrorPlace {
  readonly status: number | undefined;
  readonly generationId: string | undefined;
  /** `false` inside a stream: tokens may have been produced and billed. */
  readonly isUncharged: boolean;
}

/** An `error` object of the gateway, from an HTTP body or from inside a stream. */
export function classifyErrorBody(error: GatewayErrorBody, place: ErrorPlace): WaybillError {
  const status = typeof error.code === "number" ? error.code : place.status;
  const code = errorCode(error, status);
  const detail = error.metadata?.failed_routing_step;
  return new WaybillError(code, `The gateway reported ${code}`, {
    isUncharged: place.isUncharged,
    isRetryable: isRetryable(code),
    ...(status === undefined ? {} : { status }),
    ...(detail === undefined ? {} : { detail }),
    ...(place.generationId === undefined ? {} : { generationId: place.generationId }),
  });
}

function errorCode(error: GatewayErrorBody, status: number | undefined): WaybillErrorCode {
  const errorType = error.metadata?.error_type ?? error.error_type;
  if (errorType === "context_length_exceeded") return "context-too-long";
  if (status === 402 && error.metadata?.limit_source === "openrouter_key_limit") return "key-limit";
  if (status === 400 && /is not a valid model/i.test(error.message ?? "")) return "model-not-found";
  if (status === 400 && /context length|maximum context/i.test(error.message ?? "")) return "context-too-long";
  return codeOfStatus(status);
}

function codeOfStatus(status: number | undefined): WaybillErrorCode {
  switch (status) {
    case 401:
      return "auth";
    case 402:
      return "credits";
    case 403:
      return "forbidden";
    case 404:
      return "no-endpoint";
    case 408:
    case 504:
    case 524:
      return "timeout";
    case 429:
      return "rate-limited";
    default:
      return status !== undefined && status >= 400 && status < 500 ? "bad-request" : "provider-down";
  }
}

function isRetryable(code: WaybillErrorCode): boolean {
  return code === "timeout" || code === "rate-limited" || code === "provider-down";
}

function describeForeignBody(status: number, body: string): string {
  const kind = /^\s*</.test(body) ? "a web page instead of data" : "data of an unknown form";
  return `status ${status} with ${kind}`;
}
