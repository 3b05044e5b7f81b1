import type { EndpointList, ModelEndpoint } from "./modelEndpoint.ts";
import { pricesText, shortCount } from "./presentModel.ts";

/** A provider of a model, ready to show. */
export interface EndpointRow {
  readonly provider: string;
  /** Slug, prices and limits. */
  readonly terms: string;
  /** How it does: uptime, speed, quantization; what the gateway does not say is left out. */
  readonly service: string;
}

/** `keepingNothing` are the tags of those with zero data retention, where that is known. */
export function endpointRows(
  { endpoints }: EndpointList,
  keepingNothing: readonly string[] | undefined,
): readonly EndpointRow[] {
  return endpoints.map((endpoint) => ({
    provider: endpoint.provider,
    terms: [endpoint.tag, pricesText(endpoint.prices), ...limits(endpoint)].join(" · "),
    service: service(endpoint, keepingNothing).join(" · "),
  }));
}

function limits({ contextTokens, maxPromptTokens, maxCompletionTokens }: ModelEndpoint): string[] {
  return [
    ...(contextTokens === undefined ? [] : [`context ${shortCount(contextTokens)}`]),
    ...(maxPromptTokens === undefined ? [] : [`prompt up to ${shortCount(maxPromptTokens)}`]),
    ...(maxCompletionTokens === undefined ? [] : [`answer up to ${shortCount(maxCompletionTokens)}`]),
  ];
}

function service(endpoint: ModelEndpoint, keepingNothing: readonly string[] | undefined): string[] {
  const { isDown, uptimePercent, latencyMs, tokensPerSecond, quantization, tag } = endpoint;
  return [
    ...(isDown ? ["out of service"] : []),
    ...(uptimePercent === undefined ? [] : [`up ${Number(uptimePercent.toFixed(1))}% of the time`]),
    ...(latencyMs === undefined ? [] : [`first token after ${seconds(latencyMs)}`]),
    ...(tokensPerSecond === undefined ? [] : [`${Math.round(tokensPerSecond)} tokens a second`]),
    ...(quantization === undefined || quantization === "unknown" ? [] : [quantization]),
    ...(keepingNothing?.includes(tag) === true ? ["zero retention"] : []),
  ];
}

function seconds(milliseconds: number): string {
  return milliseconds < 10_000
    ? `${Number((milliseconds / 1000).toFixed(2))} s`
    : `${Math.round(milliseconds / 1000)} s`;
}
