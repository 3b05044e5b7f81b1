import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";
import type { StreamWriter } from "../http/streamWriter.ts";
import { chunkHead } from "./chatChunk.ts";
import type { Generation } from "./generation.ts";

/** Ways a script ends a stream before its time. */
export type Breakage = "cut" | "error" | "ended-early";

const DEFAULT_GARBAGE = 'data: {"id":"gen-broken","choices":[{"delta":{"content":"half a fra\n\n';

/** How the stream breaks after this many pieces, if it does. */
export function breakageAfter(faults: readonly SingleFault[], sentPieces: number): Breakage | undefined {
  if (faultOf(faults, "stream-error")?.afterChunks === sentPieces) return "error";
  if (faultOf(faults, "end-early")?.afterChunks === sentPieces) return "ended-early";
  return faultOf(faults, "cut")?.afterChunks === sentPieces ? "cut" : undefined;
}

/** Writes what is scripted for this place without ending the stream. */
export async function disturb(generation: Generation, writer: StreamWriter, sentPieces: number): Promise<void> {
  const hugeLine = faultOf(generation.faults, "huge-line");
  if (hugeLine && sentPieces === 0) await writer.event(hugeEvent(generation, hugeLine.bytes));
  const garbage = faultOf(generation.faults, "garbage");
  if (garbage?.afterChunks === sentPieces) await writer.raw(garbage.frame ?? DEFAULT_GARBAGE);
}

/** The event of an error in mid-stream; the stream ends after it, without `[DONE]`. */
export function errorEvent(generation: Generation): Readonly<Record<string, unknown>> {
  const fault = faultOf(generation.faults, "stream-error");
  const code = fault?.code ?? 502;
  const metadata = { error_type: fault?.errorType ?? "provider_unavailable" };
  return {
    ...chunkHead(generation),
    error: {
      code,
      message: fault?.message ?? "Provider disconnected mid-stream",
      ...(typeof code === "number" && { metadata }),
    },
    choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
  };
}

function hugeEvent(generation: Generation, bytes: number): Readonly<Record<string, unknown>> {
  const delta = { content: "", role: "assistant", padding: "x".repeat(bytes) };
  return { ...chunkHead(generation), choices: [{ index: 0, delta, finish_reason: null }] };
}
