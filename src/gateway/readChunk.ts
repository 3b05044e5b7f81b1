import { type ChatChunk, chatChunkSchema } from "./chatChunkSchema.ts";

/** Fields of a JSON object, by name. */
type Fields = Readonly<Record<string, unknown>>;

/** A frame's JSON as a chunk; `undefined` when it is no object. */
export function readChunk(value: unknown): ChatChunk | undefined {
  if (isPlainChunk(value)) return value;
  const parsed = chatChunkSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Whether a value is a chunk of nothing but text, which is nearly all of a stream, and passes the schema as it is. The
 * schema takes some microseconds a chunk and this a fraction of one; a property test holds them together. Doubt is `false`.
 */
export function isPlainChunk(value: unknown): value is ChatChunk {
  if (!isFields(value)) return false;
  const { choices } = value;
  return (
    isText(value["id"]) &&
    isText(value["model"]) &&
    isText(value["provider"]) &&
    isNothing(value["usage"]) &&
    Array.isArray(choices) &&
    choices.length === 1 &&
    isPlainChoice(choices[0])
  );
}

function isPlainChoice(choice: unknown): boolean {
  return (
    isFields(choice) &&
    isText(choice["finish_reason"]) &&
    choice["message"] === undefined &&
    isPlainDelta(choice["delta"])
  );
}

function isPlainDelta(delta: unknown): boolean {
  return (
    isFields(delta) &&
    isText(delta["content"]) &&
    isText(delta["reasoning"]) &&
    isText(delta["reasoning_content"]) &&
    isText(delta["refusal"]) &&
    isItems(delta["reasoning_details"]) &&
    isNothing(delta["tool_calls"]) &&
    isNothing(delta["images"]) &&
    isNothing(delta["annotations"])
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" || isNothing(value);
}

function isItems(value: unknown): boolean {
  return isNothing(value) || Array.isArray(value);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
