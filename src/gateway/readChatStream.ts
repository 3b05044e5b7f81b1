import { ParseError, createParser } from "eventsource-parser";
import { WaybillError } from "../core/errors/waybillError.ts";
import type { ChatEvent } from "./chatEvent.ts";
import { ChatStreamReader } from "./chatStreamReader.ts";

/** An event, and so each of its lines; an image of the model comes in one event. */
export const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;
/** Everything of one answer. */
export const MAX_STREAM_BYTES = 64 * 1024 * 1024;
/** The parser counts a line's `data: ` too. */
const FIELD_NAME_CHARACTERS = 16;

/** After `[DONE]` the body normally ends at once; waiting for that keeps the connection usable for the next request. */
const DRAIN_TIMEOUT_MS = 100;

/**
 * Reads server-sent chat chunks. Yields the events of each network read together, adjacent text joined, so that cost
 * grows with bytes and not with tokens; reads on only when asked to. Ends with one `finish` event, or throws:
 * `incomplete` when the stream ends before a finish reason, `protocol` after three unreadable frames in a row or over a
 * size limit, or the error the gateway reports, with the time to try again counted from `now`.
 */
export async function* readChatStream(
  bytes: AsyncIterable<Uint8Array>,
  now: () => number,
): AsyncGenerator<readonly ChatEvent[]> {
  const reader = new ChatStreamReader(now);
  const feed = createFeed(reader);
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    while (!reader.isDone) {
      const { done, value } = await iterator.next();
      feed(done === true ? undefined : value);
      const events = reader.takeEvents();
      if (events.length > 0) yield events;
      if (reader.failure !== undefined) throw await reader.failure;
      if (done === true) break;
    }
    yield reader.finish();
    if (reader.isDone) await drain(iterator);
  } finally {
    // Not waited for: behind a read that never ends this would not end either.
    iterator.return?.().catch(() => undefined);
  }
}

/** Takes bytes in pieces of any size, and `undefined` at their end; hands whole frames to the reader. */
function createFeed(reader: ChatStreamReader): (bytes: Uint8Array | undefined) => void {
  const decoder = new TextDecoder();
  let bytesLeft = MAX_STREAM_BYTES;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS + FIELD_NAME_CHARACTERS,
    onEvent: ({ data }) => {
      if (data.length > MAX_EVENT_CHARACTERS) reader.failure ??= tooLarge("a frame over 4 MB");
      else reader.readFrame(data);
    },
    onError: (error) => {
      if (!(error instanceof ParseError) || error.type !== "max-buffer-size-exceeded") return;
      if (!reader.isDone) reader.failure ??= tooLarge("a frame over 4 MB");
    },
  });
  return (bytes) => {
    if (bytes === undefined) return parser.feed(`${decoder.decode()}\n\n`);
    parser.feed(decoder.decode(bytes.subarray(0, bytesLeft), { stream: true }));
    bytesLeft -= bytes.byteLength;
    if (bytesLeft < 0 && !reader.isDone) reader.failure ??= tooLarge("an answer over 64 MB");
  };
}

function tooLarge(detail: string): WaybillError {
  return new WaybillError("protocol", "The stream was too large", { detail });
}

async function drain(iterator: AsyncIterator<Uint8Array>): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, DRAIN_TIMEOUT_MS);
  const rest = (async () => {
    while ((await iterator.next()).done !== true);
  })().catch(() => undefined);
  await Promise.race([rest, timeout]);
  clearTimeout(timer);
}
