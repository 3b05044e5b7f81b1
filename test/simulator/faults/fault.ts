import { z } from "zod";

import { NAMED_ERRORS } from "../errors/namedErrors.ts";
import type { NamedError } from "../errors/namedErrors.ts";

/** Groups of endpoints a fault can be meant for. */
const FAULT_TARGETS = ["chat", "models", "endpoints", "key", "credits", "generation", "auth", "providers"] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

const NAMED_ERROR_NAMES = Object.keys(NAMED_ERRORS).filter(isNamedError);

const count = z.int().min(0);
const milliseconds = z.number().min(0).max(600_000);
const common = {
  /** The endpoint whose next request is hit; the model list for catalogue faults, otherwise chat. */
  on: z.enum(FAULT_TARGETS).optional(),
  /** How many requests are hit; 1 when absent. */
  times: z.int().min(1).optional(),
};

const citation = z.object({
  url: z.string(),
  title: z.string().optional(),
  content: z.string().optional(),
  start_index: z.int().optional(),
  end_index: z.int().optional(),
});
const toolCall = z.object({ name: z.string(), arguments: z.string() });

const singleFault = z.discriminatedUnion("kind", [
  /** Lets a request pass; a place holder in a sequence. */
  z.object({ ...common, kind: z.literal("none") }),
  /** A known error. Provider errors hit only the first model of `models[]` unless `models` says all. */
  z.object({
    ...common,
    kind: z.literal("error"),
    error: z.enum(NAMED_ERROR_NAMES),
    retryAfterSeconds: z.number().min(0).optional(),
    models: z.enum(["first", "all"]).optional(),
  }),
  /** Any status and JSON body. */
  z.object({
    ...common,
    kind: z.literal("http"),
    status: z.int().min(200).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** A page instead of JSON, as an edge or a captive portal sends it. */
  z.object({ ...common, kind: z.literal("html"), status: z.int().min(200).max(599) }),
  z.object({
    ...common,
    kind: z.literal("redirect"),
    status: z.union([z.literal(302), z.literal(307)]),
    location: z.string(),
  }),
  /** Never answers: not even headers. */
  z.object({ ...common, kind: z.literal("hang") }),
  /** Takes the whole request, and resets the connection without a byte. */
  z.object({ ...common, kind: z.literal("reset") }),
  /** Waits before the first byte of the answer. */
  z.object({ ...common, kind: z.literal("delay"), beforeFirstByteMs: milliseconds }),
  z.object({ ...common, kind: z.literal("pace"), tokensPerSecond: z.number().positive() }),
  /** Comments only, for a while, before the first token. */
  z.object({ ...common, kind: z.literal("keep-alive"), forMs: milliseconds, everyMs: z.number().min(1).max(60_000) }),
  /** Writes the bytes of the stream in pieces of this size, also inside UTF-8 sequences. */
  z.object({ ...common, kind: z.literal("split-every"), bytes: z.int().min(1) }),
  /** Cuts the bytes of the stream into writes at these offsets. */
  z.object({ ...common, kind: z.literal("split-at"), offsets: z.array(count).readonly() }),
  z.object({ ...common, kind: z.literal("crlf") }),
  /** One comment-free event whose line is at least this long, before the first token. */
  z.object({ ...common, kind: z.literal("huge-line"), bytes: z.int().min(1).max(64_000_000) }),
  /** An error event after some text chunks; 0 makes it the first and only event. */
  z.object({
    ...common,
    kind: z.literal("stream-error"),
    afterChunks: count,
    code: z.union([z.int(), z.string()]).optional(),
    message: z.string().optional(),
    errorType: z.string().optional(),
  }),
  z.object({ ...common, kind: z.literal("garbage"), afterChunks: count, frame: z.string().optional() }),
  /** Destroys the socket. */
  z.object({ ...common, kind: z.literal("cut"), afterChunks: count }),
  /** Ends the stream cleanly but without a finish reason, usage or `[DONE]`. */
  z.object({ ...common, kind: z.literal("end-early"), afterChunks: count }),
  z.object({ ...common, kind: z.literal("no-done") }),
  z.object({ ...common, kind: z.literal("no-finish-reason") }),
  z.object({ ...common, kind: z.literal("usage-missing") }),
  z.object({ ...common, kind: z.literal("usage-multiplied"), factor: z.number() }),
  /** Tells this instead of the cost; the books stay right. */
  z.object({ ...common, kind: z.literal("cost-told"), cost: z.unknown() }),
  /** Charges so many times the list price, whatever price ceiling the request named. */
  z.object({ ...common, kind: z.literal("charge-multiplied"), factor: z.int().min(1) }),
  z.object({ ...common, kind: z.literal("substitute"), provider: z.string().optional(), model: z.string().optional() }),
  /** Not streamed: HTTP 200 with an error and no choices. */
  z.object({ ...common, kind: z.literal("error-in-200") }),
  /** Not streamed: HTTP 200 with partial text and the error inside the choice. */
  z.object({ ...common, kind: z.literal("error-in-choice") }),
  /** Replaces what the persona would say. */
  z.object({
    ...common,
    kind: z.literal("answer"),
    content: z.string().optional(),
    reasoning: z.string().optional(),
    toolCalls: z.array(toolCall).readonly().optional(),
    /** Pages found by a search, sent as `url_citation` annotations after the text. */
    citations: z.array(citation).readonly().optional(),
    /** The provider's filter ends the answer after what it says. */
    isFiltered: z.boolean().optional(),
  }),
  z.object({ ...common, kind: z.literal("empty-catalog") }),
  /** Adds rows with missing and mistyped fields to the model list. */
  z.object({ ...common, kind: z.literal("malformed-catalog") }),
]);

/** Several faults on the same request. */
const combinedFault = z.object({ ...common, kind: z.literal("all"), faults: z.array(singleFault).readonly() });

export type SingleFault = z.infer<typeof singleFault>;
export type Fault = SingleFault | z.infer<typeof combinedFault>;
export type FaultKind = SingleFault["kind"];

/** One scripted deviation from a good answer. */
export const faultSchema = z.union([singleFault, combinedFault]);
/** What the fault header and the control endpoint take: one fault or several. */
export const faultsSchema = z.union([faultSchema, z.array(faultSchema)]);

/** The fault of a kind among those that hit a request. */
export function faultOf<Kind extends FaultKind>(
  faults: readonly SingleFault[],
  kind: Kind,
): Extract<SingleFault, { kind: Kind }> | undefined {
  return faults.find((fault): fault is Extract<SingleFault, { kind: Kind }> => fault.kind === kind);
}

function isNamedError(name: string): name is NamedError {
  return name in NAMED_ERRORS;
}
