import type { Generation } from "./generation.ts";
import { servedBy } from "./generation.ts";
import type { Piece } from "./planAnswer.ts";

type Json = Readonly<Record<string, unknown>>;

/** A finish reason in the API's words and in the provider's own. */
export interface FinishReasons {
  readonly finish_reason: string | null;
  readonly native_finish_reason: string | null;
}

const GOING_ON: FinishReasons = { finish_reason: null, native_finish_reason: null };

/** What every event of a stream carries. */
export function chunkHead(generation: Generation): Json {
  return {
    id: generation.id,
    object: "chat.completion.chunk",
    created: Math.floor(generation.createdAtMs / 1000),
    ...servedBy(generation),
  };
}

/** An event with one choice. */
export function deltaChunk(generation: Generation, delta: Json, finish: FinishReasons = GOING_ON): Json {
  return { ...chunkHead(generation), choices: [{ index: 0, delta, ...finish }] };
}

/** The delta of a piece. Role and empty content are repeated on every one, as recorded. */
export function deltaOf(generation: Generation, piece: Piece): Json {
  switch (piece.channel) {
    case "content":
      return { content: piece.text, role: "assistant" };
    case "reasoning": {
      const details = [reasoningDetail(generation, piece.text)];
      return { content: "", role: "assistant", reasoning: piece.text, reasoning_details: details };
    }
    case "tool-call":
      return { content: "", role: "assistant", tool_calls: [toolCallDelta(generation, piece)] };
  }
}

/** One entry of `reasoning_details` in the format of the model's maker. */
export function reasoningDetail({ route }: Generation, text: string): Json {
  const { id } = route.endpoint.row;
  if (id.startsWith("openai/"))
    return { type: "reasoning.summary", summary: text, format: "openai-responses-v1", index: 0 };
  return { type: "reasoning.text", text, format: reasoningFormat(id), index: 0 };
}

/** What some makers send after the last thought and want back unchanged: a signature or an encrypted block. */
export function closingDetail({ id, route }: Generation): Json | undefined {
  const modelId = route.endpoint.row.id;
  const seal = Buffer.from(`sealed ${id}`).toString("base64");
  if (modelId.startsWith("anthropic/"))
    return { type: "reasoning.text", signature: seal, format: "anthropic-claude-v1", index: 0 };
  if (modelId.startsWith("openai/"))
    return { type: "reasoning.encrypted", data: seal, format: "openai-responses-v1", index: 1 };
  return undefined;
}

/** The provider's own word for a finish reason. */
export function nativeFinishReason({ route }: Generation, finishReason: string): string {
  const { provider } = route.endpoint;
  if (provider.name === "Anthropic") {
    return { stop: "end_turn", length: "max_tokens", tool_calls: "tool_use" }[finishReason] ?? finishReason;
  }
  if (provider.name.startsWith("Google")) return { stop: "STOP", length: "MAX_TOKENS" }[finishReason] ?? finishReason;
  return finishReason;
}

function reasoningFormat(id: string): string {
  if (id.startsWith("anthropic/")) return "anthropic-claude-v1";
  if (id.startsWith("google/gemini")) return "google-gemini-v1";
  return id.startsWith("x-ai/") ? "xai-responses-v1" : "unknown";
}

/** Id and name stand only on the first delta of a call. */
function toolCallDelta({ answer }: Generation, { text, toolIndex }: Piece): Json {
  const call = answer.toolCalls[toolIndex];
  if (text !== "" || call === undefined) return { index: toolIndex, function: { arguments: text } };
  return { index: toolIndex, id: call.id, type: "function", function: { name: call.name, arguments: "" } };
}
