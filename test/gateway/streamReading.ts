import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import type { ChatEvent } from "../../src/gateway/chatEvent.ts";
import { readChatStream } from "../../src/gateway/readChatStream.ts";

const encoder = new TextEncoder();

/** The time at which streams are read here. */
export const NOW = Date.UTC(2026, 9, 4, 15, 30, 0);

/** Everything a stream says, in a form that does not depend on how it was split. */
export interface StreamReading {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  /** Events that are no text. */
  readonly rest: readonly ChatEvent[];
  /** The code of the error it ended with. */
  readonly error: string | undefined;
}

/** Reads a stream in pieces of these sizes, over and over; whole without any. */
export async function readInPieces(stream: string | Uint8Array, sizes: readonly number[] = []): Promise<StreamReading> {
  const bytes = typeof stream === "string" ? encoder.encode(stream) : stream;
  return collectReading(readChatStream(inPieces(bytes, sizes), () => NOW));
}

/** Takes part in every event up to the end or the error, which must be one of ours. */
export async function collectReading(batches: AsyncIterable<readonly ChatEvent[]>): Promise<StreamReading> {
  const texts = { "text-delta": "", "reasoning-delta": "", "refusal-delta": "" };
  const rest: ChatEvent[] = [];
  let error: string | undefined;
  try {
    for await (const batch of batches) {
      for (const event of batch) {
        if ("text" in event) texts[event.type] += event.text;
        else rest.push(event);
      }
    }
  } catch (caught) {
    assert.ok(caught instanceof WaybillError, String(caught));
    error = caught.code;
  }
  return {
    text: texts["text-delta"],
    reasoning: texts["reasoning-delta"],
    refusal: texts["refusal-delta"],
    rest,
    error,
  };
}

export function finishOf({ rest }: StreamReading): Extract<ChatEvent, { type: "finish" }> {
  const last = rest.at(-1);
  assert.ok(last?.type === "finish", `the last event is ${last?.type}`);
  return last;
}

/** One `data:` event. */
export function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

/** An event with one choice. */
export function deltaFrame(delta: unknown, finishReason: string | null = null): string {
  return frame({ id: "gen-1", model: "a/b", choices: [{ index: 0, delta, finish_reason: finishReason }] });
}

export const DONE = "data: [DONE]\n\n";

/** The bytes in pieces of these sizes, over and over; whole without any. */
export async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (let index = 0; offset < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % Math.max(1, sizes.length)] ?? bytes.length);
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}
