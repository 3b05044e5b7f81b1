import { WaybillError } from "../core/errors/waybillError.ts";
import type { ChatEvent } from "./chatEvent.ts";
import { ChatStreamReader } from "./chatStreamReader.ts";

/**
 * Reads an answer that came as one JSON body, with the same events and errors as a stream: text before an error is
 * handed over first. A body that is no JSON object is `protocol`.
 */
export async function* readWholeAnswer(body: string, now: () => number): AsyncGenerator<readonly ChatEvent[]> {
  if (!/^\s*\{/.test(body)) {
    const detail = /^\s*</.test(body) ? "a web page instead of data" : "data of an unknown form";
    throw new WaybillError("protocol", "The answer is neither a stream nor data", { detail });
  }
  const reader = new ChatStreamReader(now);
  reader.readFrame(body);
  const events = reader.takeEvents();
  if (events.length > 0) yield events;
  if (reader.failure !== undefined) throw await reader.failure;
  yield reader.finish();
}
