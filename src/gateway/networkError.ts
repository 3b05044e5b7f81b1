import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import { bareCause } from "./bareCause.ts";
import { type NetworkFault, findNetworkFault } from "./networkFaults.ts";

const MAX_CHAIN = 8;

/**
 * Turns what a transport throws into one of our codes. The cause is kept bare: nothing of what was sent or came back. With `proxy`
 * known, a connection that failed on the way to it is the proxy's fault.
 */
export function toNetworkError(error: unknown, proxy?: URL): WaybillError {
  if (error instanceof WaybillError) return error;
  const chain = causes(error);
  const refusal = readTunnelRefusal(chain);
  if (refusal !== undefined) return toError(refusal, error);
  if (isAborted(error)) return new WaybillError("aborted", "Stopped", { cause: bareCause(error) });
  return toError(findFault(chain, proxy), error);
}

function toError(fault: NetworkFault, cause: unknown): WaybillError {
  return new WaybillError(fault.code, "The gateway could not be reached", {
    cause: bareCause(cause),
    isRetryable: fault.code === "network" || fault.code === "timeout",
    isUncharged: fault.isUnsent,
    ...(fault.detail === undefined ? {} : { detail: fault.detail }),
  });
}

/** undici says only in words, and under the name of an abort, that a proxy refused `CONNECT`. The request never left. */
function readTunnelRefusal(chain: readonly Error[]): NetworkFault | undefined {
  for (const { message } of chain) {
    const status = /^Proxy response \((\d{3})\) !== 200 when HTTP Tunneling/.exec(message)?.[1];
    if (status === undefined) continue;
    const detail = status === "407" ? "it wants a user name and a password" : `it answered ${status}`;
    return { code: "proxy", detail, isUnsent: true };
  }
  return undefined;
}

/** A fault of the proxy explains the others in the chain; else the outermost known one counts. */
function findFault(chain: readonly Error[], proxy: URL | undefined): NetworkFault {
  const faults = chain.flatMap((error) => {
    const fault = findNetworkFault(error);
    if (fault === undefined) return [];
    return fault.isUnsent && proxy !== undefined && isAbout(error, proxy)
      ? [{ code: "proxy" as const, detail: "the proxy itself cannot be reached", isUnsent: true }]
      : [fault];
  });
  return (
    faults.find(({ code }) => code === "proxy") ?? faults[0] ?? { code: "network", detail: undefined, isUnsent: false }
  );
}

/** Node's connection errors name the address or the host they were about. */
function isAbout(error: Error, { hostname, port, protocol }: URL): boolean {
  if ("hostname" in error) return error.hostname === hostname;
  const proxyPort = Number(port === "" ? (protocol === "https:" ? 443 : 80) : port);
  return "port" in error && error.port === proxyPort && "address" in error && typeof error.address === "string";
}

/** `fetch` hides the reason in a chain of causes, and connecting to several addresses in an `AggregateError`. */
function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  const follow = (current: unknown): void => {
    if (!(current instanceof Error) || chain.length >= MAX_CHAIN || chain.includes(current)) return;
    chain.push(current);
    follow(current.cause);
    if (current instanceof AggregateError) for (const inner of current.errors) follow(inner);
  };
  follow(error);
  return chain;
}
