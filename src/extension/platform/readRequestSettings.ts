import { GATEWAY_DIALECTS, type GatewayDialect } from "../../gateway/gatewayDialect.ts";
import { DEFAULT_TIMEOUTS, type RequestTimeouts } from "../../gateway/requestTimers.ts";
import type { ListPrice } from "../../gateway/listPrices.ts";
import { TRANSPORT_CHOICES, type TransportChoice } from "../../gateway/selectTransport.ts";
import type { RequestLimits } from "../../turn/requestLimiter.ts";
import { listPrices } from "./readListPrices.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { type SettingReader, numberBetween, oneOf, orNull, wholeNumberBetween } from "./settingReader.ts";

/** How requests travel to the gateway. */
export interface RequestSettings {
  readonly transport: TransportChoice;
  readonly dialect: GatewayDialect;
  readonly timeouts: RequestTimeouts;
  readonly requestLimits: RequestLimits;
  /** Of models that the gateway gives no prices for. */
  readonly prices: readonly ListPrice[];
}

const MAX_WAIT_SECONDS = 3_600;
const MAX_TOTAL_SECONDS = 86_400;
const DEFAULT_CONCURRENT = 4;

export function readRequestSettings(reader: SettingReader): RequestSettings {
  const milliseconds = (key: SettingKey, maxSeconds: number) => {
    const seconds = reader.expect(key, numberBetween(1, maxSeconds));
    return seconds === undefined ? undefined : Math.round(seconds * 1000);
  };
  return {
    transport: reader.expect(SETTINGS.gatewayTransport, oneOf(TRANSPORT_CHOICES)) ?? "auto",
    dialect: reader.expect(SETTINGS.gatewayDialect, oneOf(GATEWAY_DIALECTS)) ?? "auto",
    timeouts: {
      headMs: milliseconds(SETTINGS.firstByteTimeout, MAX_WAIT_SECONDS) ?? DEFAULT_TIMEOUTS.headMs,
      idleMs: milliseconds(SETTINGS.idleTimeout, MAX_WAIT_SECONDS) ?? DEFAULT_TIMEOUTS.idleMs,
      totalMs: milliseconds(SETTINGS.totalTimeout, MAX_TOTAL_SECONDS) ?? DEFAULT_TIMEOUTS.totalMs,
    },
    requestLimits: {
      concurrent: reader.expect(SETTINGS.maxConcurrentRequests, wholeNumberBetween(1, 32)) ?? DEFAULT_CONCURRENT,
      perMinute: reader.expect(SETTINGS.requestsPerMinute, orNull(wholeNumberBetween(1, 10_000))) ?? undefined,
    },
    prices: reader.expectParts(SETTINGS.gatewayPrices, listPrices) ?? [],
  };
}
