import { type WaybillErrorCode, toWaybillError } from "../../../core/errors/waybillError.ts";
import { endpointUrl } from "../../../gateway/endpointUrl.ts";
import type { ProxySettings } from "../../../gateway/proxySettings.ts";
import { selectTransport } from "../../../gateway/selectTransport.ts";
import { type RequestTiming, requestJson } from "../../../gateway/sendRequest.ts";

export interface ProbeOptions {
  readonly transport: "host" | "direct";
  readonly gatewayUrl: URL;
  readonly network: ProxySettings;
}

/** Failures of the way to the gateway; any other answer came from the gateway itself. */
const WAY_FAILURES: ReadonlySet<WaybillErrorCode> = new Set(["network", "proxy", "certificate", "timeout", "protocol"]);

const PROBE_TIMING: RequestTiming = { timeouts: { headMs: 10_000, idleMs: 10_000 }, now: () => Date.now() };

export function isWayFailure(code: WaybillErrorCode): boolean {
  return WAY_FAILURES.has(code);
}

/**
 * Whether the gateway answers through a transport. Asks for the model list without the key, which never travels by a way
 * the person did not choose; a gateway that then refuses is reached all the same. Rejects with `aborted` only.
 */
export async function canReachGateway(options: ProbeOptions, signal: AbortSignal): Promise<boolean> {
  const transport = selectTransport(options.transport, options.gatewayUrl, options.network);
  const url = endpointUrl(options.gatewayUrl, "/models");
  try {
    await requestJson(transport.send, { url, method: "GET", headers: {}, signal }, PROBE_TIMING);
    return true;
  } catch (error) {
    const { code } = toWaybillError(error);
    if (code === "aborted") throw error;
    return code !== "internal" && !isWayFailure(code);
  } finally {
    await transport.close();
  }
}
