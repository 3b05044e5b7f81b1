import { endOfBudgetDay } from "../core/budget/budgetPeriod.ts";
import { WaybillError, type WaybillErrorDetail } from "../core/errors/waybillError.ts";
import type { WaybillErrorCode } from "../core/errors/waybillErrorCode.ts";
import { type GatewayErrorBody, findError } from "./errorSchema.ts";
import { type ErrorSignals, readErrorSignals, readForeignSignals } from "./errorSignals.ts";
import { findVerdict } from "./errorTable.ts";
import { parseJson } from "./parseJson.ts";
import { readRetryAt } from "./retryTiming.ts";
import { readRoutingFilter } from "./routingFilters.ts";

/** An HTTP answer without what was asked for, usually not 2xx. */
export interface HttpFailure {
  readonly status: number;
  readonly body: string;
  /** Header value by lower-case name. */
  readonly header?: (name: string) => string | undefined;
  readonly generationId: string | undefined;
  readonly nowMs: number;
}

/** Where an `error` object was found. */
export interface ErrorPlace {
  readonly status: number | undefined;
  readonly generationId: string | undefined;
  /** `false` inside a stream: tokens may have been produced and billed. */
  readonly isUncharged: boolean;
  readonly header?: ((name: string) => string | undefined) | undefined;
  readonly nowMs: number;
  /** Who was serving, where an answer had begun; the error may know better. */
  readonly provider?: string | undefined;
}

/** The body is read for its codes and numbers and then dropped. */
export function classifyHttpError({ status, body, header, generationId, nowMs }: HttpFailure): WaybillError {
  const error = findError(parseJson(body));
  // A success that carries an error may have produced tokens before it; a refusal has not.
  if (error !== undefined)
    return classifyErrorBody(error, { status, generationId, isUncharged: status >= 400, header, nowMs });
  const place: ErrorPlace = { status, generationId, isUncharged: status >= 400 && status < 500, header, nowMs };
  return toError(readForeignSignals(body, status), {}, place);
}

/** An `error` object of the gateway, from an HTTP body or from inside a stream. */
export function classifyErrorBody(error: GatewayErrorBody, place: ErrorPlace): WaybillError {
  return toError(readErrorSignals(error, place.status), error, place);
}

function toError(signals: ErrorSignals, error: GatewayErrorBody, place: ErrorPlace): WaybillError {
  const { code, detail = describeForeignBody(signals), isRetryable: isRowRetryable } = findVerdict(signals);
  const isRetryable = error.availability?.retryable ?? isRowRetryable ?? isWorthRetrying(code, signals.status);
  const facts: { [Key in keyof WaybillErrorDetail]: WaybillErrorDetail[Key] | undefined } = {
    isUncharged: place.isUncharged,
    isRetryable,
    status: signals.status,
    detail,
    generationId: place.generationId,
    retryAtMs: isRetryable || code === "free-daily-limit" ? readRetryTime(code, error, place) : undefined,
    affordableTokens: code === "credits" || code === "key-limit" ? readAffordable(signals.message) : undefined,
    emptiedBy: readEmptiedBy(code, signals),
    provider: readProviderName(error) ?? place.provider,
  };
  return new WaybillError(code, `The gateway reported ${code}`, onlyKnown(facts));
}

/** Bodies that hold no error: a page of a proxy or of the edge, an empty answer, another program's data. */
function describeForeignBody({ shape, status }: ErrorSignals): string | undefined {
  switch (shape) {
    case "error":
    case "validation":
      return undefined;
    case "web-page":
      return `status ${status} with a web page instead of data`;
    case "empty":
      return `status ${status} without any data`;
    case "other":
      return `status ${status} with data of an unknown form`;
  }
}

function isWorthRetrying(code: WaybillErrorCode, status: number | undefined): boolean {
  switch (code) {
    case "in-flight-budget":
    case "timeout":
    case "rate-limited":
    case "provider-down":
    case "overloaded":
      return true;
    case "protocol":
      return status !== undefined && status >= 500;
    default:
      return false;
  }
}

function readRetryTime(code: WaybillErrorCode, error: GatewayErrorBody, place: ErrorPlace): number | undefined {
  const { nowMs, header } = place;
  const retryAtMs = readRetryAt({
    header,
    availabilityRetryAfter: error.availability?.retry_after,
    retryAfterSeconds: error.metadata?.retry_after_seconds,
    bodyHeaders: error.metadata?.headers,
    nowMs,
  });
  return retryAtMs ?? (code === "free-daily-limit" ? endOfBudgetDay(nowMs) : undefined);
}

function readAffordable(message: string): number | undefined {
  const digits = /can only afford (\d[\d,]{0,14})/i.exec(message)?.[1]?.replaceAll(",", "");
  return digits === undefined ? undefined : Number(digits);
}

function readEmptiedBy(code: WaybillErrorCode, signals: ErrorSignals): WaybillErrorDetail["emptiedBy"] | undefined {
  const isAboutRouting = code === "no-endpoint" || code === "forbidden-policy" || code === "attestation";
  return isAboutRouting ? readRoutingFilter(signals) : undefined;
}

/** Longer than any name; a text in its place is not kept. */
const MAX_PROVIDER_NAME = 64;

function readProviderName({ metadata }: GatewayErrorBody): string | undefined {
  const name = metadata?.provider_name?.trim() ?? "";
  return name === "" || name.length > MAX_PROVIDER_NAME ? undefined : name;
}

function onlyKnown(facts: object): WaybillErrorDetail {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
