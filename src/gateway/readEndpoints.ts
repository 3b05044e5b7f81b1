import * as z from "zod/mini";
import type { EndpointList, ModelEndpoint, ZeroRetentionList } from "../core/catalog/modelEndpoint.ts";
import { WaybillError } from "../core/errors/waybillError.ts";
import { pricingSchema, readPrices } from "./readPrices.ts";

const text = z.catch(z.nullish(z.string()), undefined);
const count = z.catch(z.nullish(z.number().check(z.positive())), undefined);
const amount = z.catch(z.nullish(z.number().check(z.nonnegative())), undefined);
const median = z.catch(z.nullish(z.object({ p50: amount })), undefined);

/** Source: OpenRouter `/models/{author}/{slug}/endpoints`. Prices are net of the discount that is given with them. */
const endpointSchema = z.object({
  provider_name: text,
  tag: z.string().check(z.minLength(1)),
  pricing: pricingSchema,
  context_length: count,
  max_prompt_tokens: count,
  max_completion_tokens: count,
  quantization: text,
  supported_parameters: z.catch(z.array(z.string()), []),
  status: z.catch(z.nullish(z.number()), undefined),
  uptime_last_5m: amount,
  uptime_last_30m: amount,
  uptime_last_1d: amount,
  latency_last_30m: median,
  throughput_last_30m: median,
});
const listSchema = z.object({ data: z.object({ endpoints: z.array(z.unknown()) }) });
const retentionRow = z.object({ model_id: z.string().check(z.minLength(1)), tag: text });
const retentionSchema = z.object({ data: z.array(z.unknown()) });

type Row = z.infer<typeof endpointSchema>;

/** What negative values of `status` mean is not documented, so one counts only for an endpoint that hardly answers. */
const DOWN_BELOW_PERCENT = 50;

/** Who serves a model. A row that makes no sense is skipped and counted; an answer without any form is `protocol`. */
export function readEndpoints(body: unknown): EndpointList {
  const list = listSchema.safeParse(body);
  if (!list.success) throw unreadable("a list of endpoints");
  const rows = list.data.data.endpoints;
  const endpoints = rows.flatMap(readEndpoint);
  return { endpoints, skippedRows: rows.length - endpoints.length };
}

/** Reads `/endpoints/zdr`. A list of which less than half can be read proves nothing of those it does not name: `protocol`. */
export function readZeroRetention(body: unknown): ZeroRetentionList {
  const list = retentionSchema.safeParse(body);
  const rows = list.data?.data ?? [];
  const read = rows.flatMap((row) => retentionRow.safeParse(row).data ?? []);
  if (read.length === 0 || read.length < rows.length / 2) throw unreadable("the list of endpoints that keep nothing");
  const tagsByModel = new Map<string, string[]>();
  for (const { model_id: modelId, tag } of read) {
    tagsByModel.set(modelId, [...(tagsByModel.get(modelId) ?? []), tag ?? ""]);
  }
  return { tagsByModel, skippedRows: rows.length - read.length };
}

/** What matters of it, in the form it came in. */
export function zeroRetentionBody({ tagsByModel }: ZeroRetentionList): unknown {
  return { data: [...tagsByModel].flatMap(([id, tags]) => tags.map((tag) => ({ model_id: id, tag }))) };
}

function readEndpoint(item: unknown): readonly ModelEndpoint[] {
  const { data: row } = endpointSchema.safeParse(item);
  const prices = row && readPrices(row.pricing);
  if (row === undefined || prices === undefined) return [];
  return [
    {
      provider: row.provider_name ?? row.tag,
      tag: row.tag,
      prices,
      contextTokens: row.context_length ?? undefined,
      maxPromptTokens: row.max_prompt_tokens ?? undefined,
      maxCompletionTokens: row.max_completion_tokens ?? undefined,
      quantization: row.quantization ?? undefined,
      supportedParameters: row.supported_parameters,
      isDown: isDown(row),
      uptimePercent: row.uptime_last_30m ?? row.uptime_last_1d ?? undefined,
      latencyMs: row.latency_last_30m?.p50 ?? undefined,
      tokensPerSecond: row.throughput_last_30m?.p50 ?? undefined,
    },
  ];
}

function isDown({ status, uptime_last_5m: fiveMinutes, uptime_last_30m: halfHour }: Row): boolean {
  return (status ?? 0) < 0 && (fiveMinutes ?? halfHour ?? 0) < DOWN_BELOW_PERCENT;
}

function unreadable(what: string): WaybillError {
  return new WaybillError("protocol", "The answer is not what was asked for", { detail: `no sense in ${what}` });
}
