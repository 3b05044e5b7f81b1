import { WaybillError, isAborted } from "../core/errors/waybillError.ts";

interface NetworkFault {
  readonly detail: string;
  /** The connection was never made, so the request cannot have left. */
  readonly isUnsent: boolean;
}

/** Codes of Node's and undici's errors. Source: Node.js `errors`, undici `Errors.md`. */
const FAULTS: Readonly<Record<string, NetworkFault>> = {
  ECONNREFUSED: { detail: "the connection was refused", isUnsent: true },
  ENOTFOUND: { detail: "its name was not found", isUnsent: true },
  EAI_AGAIN: { detail: "its name could not be looked up", isUnsent: true },
  ENETUNREACH: { detail: "there is no network", isUnsent: true },
  EHOSTUNREACH: { detail: "there is no way to it", isUnsent: true },
  ETIMEDOUT: { detail: "the connection timed out", isUnsent: false },
  UND_ERR_CONNECT_TIMEOUT: { detail: "the connection timed out", isUnsent: true },
  ECONNRESET: { detail: "the connection was cut", isUnsent: false },
  EPIPE: { detail: "the connection was cut", isUnsent: false },
  UND_ERR_SOCKET: { detail: "the connection was cut", isUnsent: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: { detail: "its certificate is self-signed", isUnsent: true },
  SELF_SIGNED_CERT_IN_CHAIN: { detail: "its certificate chain holds a self-signed one", isUnsent: true },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { detail: "its certificate cannot be verified", isUnsent: true },
  CERT_HAS_EXPIRED: { detail: "its certificate has expired", isUnsent: true },
  ERR_TLS_CERT_ALTNAME_INVALID: { detail: "its certificate is for another name", isUnsent: true },
};

/** Turns what a transport throws into one of our codes. The cause is kept, but never its headers or body. */
export function toNetworkError(error: unknown): WaybillError {
  if (error instanceof WaybillError) return error;
  if (isAborted(error)) return new WaybillError("aborted", "Stopped", { cause: error });
  const fault = FAULTS[errorCode(error) ?? ""];
  return new WaybillError("network", "The gateway could not be reached", {
    cause: error,
    isRetryable: true,
    ...(fault === undefined ? {} : { detail: fault.detail, isUncharged: fault.isUnsent }),
  });
}

/** `fetch` hides the code in a chain of causes, and connecting to several addresses in an `AggregateError`. */
function errorCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth += 1) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return undefined;
}
