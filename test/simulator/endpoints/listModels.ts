import { createHash } from "node:crypto";
import { z } from "zod";

import { CATALOG, findModel } from "../catalog/catalog.ts";
import type { CatalogEntry, ModelRow } from "../catalog/modelRow.ts";
import { notFound, zodValidation } from "../errors/requestErrors.ts";
import { faultOf } from "../faults/fault.ts";
import { effectivePricing } from "../money/effectivePricing.ts";
import { authenticate } from "../http/authenticate.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson, sendNotModified } from "../http/sendJson.ts";
import type { SimulatorState } from "../simulatorState.ts";

const CACHE_HEADERS = { "Cache-Control": "public, max-age=120, stale-while-revalidate=3600, stale-if-error=3600" };
const OUTPUT_MODALITIES = [
  "text",
  "image",
  "embeddings",
  "audio",
  "video",
  "rerank",
  "speech",
  "transcription",
  "decisions",
  "all",
] as const;
const DEFAULT_LIMIT = 500;
const query = z.object({
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  output_modalities: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.enum(OUTPUT_MODALITIES)))
    .optional(),
  supported_parameters: z.string().optional(),
  q: z.string().optional(),
});
type ModelQuery = z.infer<typeof query>;

/** Rows with missing and mistyped fields, as a changed API might send them. */
const MALFORMED_ROWS: readonly unknown[] = [
  null,
  "anthropic/claude-opus-5",
  {},
  { id: 42, name: "A number for an id", pricing: { prompt: "0", completion: "0" } },
  { id: "broken/no-pricing", name: "No pricing" },
  {
    id: "broken/price-words",
    name: "Prices in words",
    pricing: { prompt: "cheap", completion: "dear" },
    context_length: "long",
  },
  {
    id: "broken/numeric-price",
    name: "Numeric prices",
    pricing: { prompt: 0.000001, completion: 0.000002 },
    architecture: null,
  },
];

/**
 * `GET /models`: the whole catalogue, keyless; a page of it when `offset` or `limit` is given. Answers 304 to a client that
 * names the state it has.
 */
export function listModels(exchange: Exchange, state: SimulatorState): void {
  const parsed = query.safeParse(Object.fromEntries(exchange.url.searchParams));
  if (!parsed.success)
    return sendError(exchange.response, zodValidation(String(parsed.error.issues[0]?.path[0] ?? "query")));
  const isEmpty = faultOf(exchange.faults, "empty-catalog") !== undefined;
  const rows = isEmpty
    ? []
    : CATALOG.filter((entry) => isListed(entry, parsed.data)).map(({ row }) => rowNow(row, state.now()));
  const { offset = 0, limit } = parsed.data;
  const isPaged = parsed.data.offset !== undefined || limit !== undefined;
  const end = offset + (limit ?? DEFAULT_LIMIT);
  const page = isPaged ? rows.slice(offset, end) : rows;
  const malformed = faultOf(exchange.faults, "malformed-catalog") ? MALFORMED_ROWS : [];
  const next = isPaged && end < rows.length ? nextLink(exchange.url, end) : null;
  const body = { data: [...malformed, ...page], total_count: rows.length + malformed.length, links: { next } };
  const headers = { ...CACHE_HEADERS, ETag: entityTag(body) };
  if (exchange.headers["if-none-match"] === headers.ETag) return sendNotModified(exchange.response, headers);
  sendJson(exchange.response, body, { headers });
}

function entityTag(body: unknown): string {
  return `W/"${createHash("sha256").update(JSON.stringify(body)).digest("base64url").slice(0, 22)}"`;
}

/** `GET /models/user`: the same list for a key. */
export function listUserModels(exchange: Exchange, state: SimulatorState): void {
  const authenticated = authenticate(exchange, state);
  if (authenticated.kind === "refuse") return sendError(exchange.response, authenticated.error);
  listModels(exchange, state);
}

/** `GET /models/count`. */
export function countModels({ response }: Exchange): void {
  sendJson(response, { data: { count: CATALOG.filter((entry) => isListed(entry, {})).length } });
}

/** `GET /model/{author}/{slug}`. */
export function getModel({ response, url }: Exchange, state: SimulatorState): void {
  const id = decodeURIComponent(url.pathname.replace(/^.*?\/model\//, ""));
  const entry = findModel(id);
  if (entry === undefined) return sendError(response, notFound(`Model ${id}`));
  sendJson(response, { data: rowNow(entry.row, state.now()) });
}

function isListed(
  { row }: CatalogEntry,
  { output_modalities: outputs = ["text"], supported_parameters: parameters, q }: ModelQuery,
): boolean {
  const hasOutput = outputs.some(
    (output) => output === "all" || row.architecture.output_modalities.some((own) => own === output),
  );
  const hasParameters = (parameters?.split(",") ?? []).every((name) => row.supported_parameters.includes(name));
  return (
    hasOutput && hasParameters && (q === undefined || `${row.id} ${row.name}`.toLowerCase().includes(q.toLowerCase()))
  );
}

/** Base prices show what is in force now, apart from steps by prompt length. */
function rowNow(row: ModelRow, nowMs: number): ModelRow {
  const timed = row.pricing.overrides?.filter(({ min_prompt_tokens: tokens }) => tokens === undefined);
  if (!timed?.length) return row;
  const { overrides: _timed, ...now } = effectivePricing(
    { ...row.pricing, overrides: timed },
    { promptTokens: 0, atMs: nowMs },
  );
  return { ...row, pricing: { ...now, ...(row.pricing.overrides && { overrides: row.pricing.overrides }) } };
}

function nextLink(url: URL, offset: number): string {
  const next = new URL(url);
  next.searchParams.set("offset", String(offset));
  return next.pathname + next.search;
}
