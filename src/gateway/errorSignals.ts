import type { GatewayErrorBody } from "./errorSchema.ts";
import { type WrappedError, openWrappedError } from "./wrappedError.ts";

/** `error` and `validation` are errors of the gateway; the rest are bodies without one. */
export type BodyShape = "error" | "validation" | "web-page" | "empty" | "other";

/** Everything the table of errors looks at, in the order of how much it says. */
export interface ErrorSignals {
  readonly status: number | undefined;
  readonly shape: BodyShape;
  /** `error_type`, `type` and a textual `code`, in lower case. */
  readonly types: readonly string[];
  /** `limit_source` and `reason`. */
  readonly limits: readonly string[];
  readonly availability: string | undefined;
  /** `failed_routing_step` and `excluded_by`. */
  readonly filters: readonly string[];
  /** Names of the metadata that are there. */
  readonly notes: readonly string[];
  readonly message: string;
  readonly wrapped: WrappedError;
}

const MAX_MESSAGE = 4_000;
const NOTES = ["missing_attestation_types", "patterns", "reasons", "flagged_input"] as const;

export function readErrorSignals(error: GatewayErrorBody, httpStatus: number | undefined): ErrorSignals {
  const { metadata, availability } = error;
  return {
    status: readStatus(error, httpStatus),
    shape: error.name === "ZodError" ? "validation" : "error",
    types: lowerCase([metadata?.error_type, error.error_type, error.type, error.code]),
    limits: lowerCase([metadata?.limit_source, metadata?.reason]),
    availability: availability?.code,
    filters: lowerCase([metadata?.failed_routing_step, availability?.excluded_by, availability?.constraint?.field]),
    notes: NOTES.filter((name) => metadata?.[name] !== undefined),
    message: (error.message ?? "").slice(0, MAX_MESSAGE),
    wrapped: openWrappedError([metadata?.raw, metadata?.provider_error_code, metadata?.provider_code]),
  };
}

/** A body that holds no error says something by its status and its form only. */
export function readForeignSignals(body: string, status: number): ErrorSignals {
  return { ...readErrorSignals({}, status), shape: foreignShape(body) };
}

function foreignShape(body: string): BodyShape {
  if (body.trim() === "") return "empty";
  return /^\s*</.test(body) ? "web-page" : "other";
}

/** HTTP says it, unless it is a success that carries an error; then the body does. */
function readStatus({ code, http_status }: GatewayErrorBody, httpStatus: number | undefined): number | undefined {
  if (httpStatus !== undefined && httpStatus >= 400) return httpStatus;
  const inBody = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  const stated = [inBody, http_status].find((value) => typeof value === "number" && value >= 400 && value < 600);
  return typeof stated === "number" ? stated : httpStatus;
}

function lowerCase(values: readonly unknown[]): readonly string[] {
  return values.flat().flatMap((value) => (typeof value === "string" ? [value.trim().toLowerCase()] : []));
}
