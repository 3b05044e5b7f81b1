import { WaybillError } from "../core/errors/waybillError.ts";
import { bareCause } from "./bareCause.ts";
import { toNetworkError } from "./networkError.ts";

/**
 * The way to the proxy failed, so the request never left: `proxy`, or `certificate` where the proxy's own is at fault.
 * `proxyHost` is host and port, without user and password.
 */
export function proxyUnreachable(proxyHost: string, cause: unknown): WaybillError {
  const { code, detail } = toNetworkError(cause);
  return new WaybillError(code === "certificate" ? "certificate" : "proxy", "The proxy could not be reached", {
    cause: bareCause(cause),
    detail: detail === undefined ? `${proxyHost} cannot be reached` : `the proxy ${proxyHost}: ${detail}`,
    isRetryable: code !== "certificate",
    isUncharged: true,
  });
}

/** The proxy answered, but opened no tunnel; so the request never left. */
export function proxyRefusal(proxyHost: string, status: number): WaybillError {
  return new WaybillError("proxy", `The proxy answered ${status}`, {
    status,
    detail: `${proxyHost} ${reasonOf(status)}`,
    isRetryable: status >= 500,
    isUncharged: true,
  });
}

/** A proxy is set that only the `host` transport can use. */
export function proxyUnusable(): WaybillError {
  return new WaybillError("proxy", "The proxy cannot be used by this transport", {
    detail: "the transport direct can use http and https proxies only",
    isUncharged: true,
  });
}

function reasonOf(status: number): string {
  if (status === 407) return "answered 407: it wants a user name and a password";
  if (status >= 500) return `answered ${status}: it could not reach the gateway`;
  return `answered ${status}`;
}
