import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as nextTick } from "node:timers/promises";

import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";

/** Writes the frames of an event stream, with line ends and write boundaries as the faults say. */
export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #usesCrlf: boolean;
  readonly #splitEvery: number | undefined;
  readonly #splitAt: readonly number[];
  readonly #aborted: AbortSignal;
  /** Bytes written so far; split positions count from the start of the stream. */
  #offset = 0;

  constructor(response: ServerResponse, faults: readonly SingleFault[], aborted: AbortSignal) {
    this.#response = response;
    this.#aborted = aborted;
    this.#usesCrlf = faultOf(faults, "crlf") !== undefined;
    this.#splitEvery = faultOf(faults, "split-every")?.bytes;
    this.#splitAt = faultOf(faults, "split-at")?.offsets.toSorted((left, right) => left - right) ?? [];
  }

  /** Writes one `data:` event. */
  async event(data: unknown): Promise<void> {
    await this.raw(`data: ${JSON.stringify(data)}\n\n`);
  }

  /** Writes a comment line, which clients must skip. */
  async comment(): Promise<void> {
    await this.raw(": OPENROUTER PROCESSING\n\n");
  }

  /** Writes text as it is, apart from the line ends. */
  async raw(text: string): Promise<void> {
    const bytes = Buffer.from(this.#usesCrlf ? text.replaceAll("\n", "\r\n") : text);
    for (let start = 0; start < bytes.length;) {
      if (this.#aborted.aborted) return;
      const end = this.#endOfWrite(start, bytes.length);
      await this.#write(bytes.subarray(start, end));
      start = end;
    }
    this.#offset += bytes.length;
  }

  end(): void {
    this.#response.end();
  }

  /** Drops the connection in the middle of the answer. */
  cut(): void {
    this.#response.destroy();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const isFull = !this.#response.write(bytes);
    if (isFull) await once(this.#response, "drain", { signal: this.#aborted }).catch(() => undefined);
    else await nextTick();
  }

  /** The next split position inside these bytes, or their end. */
  #endOfWrite(start: number, length: number): number {
    const from = this.#offset + start;
    const next = this.#splitAt.find((position) => position > from);
    const every = this.#splitEvery;
    const nextEvery = every === undefined ? undefined : (Math.floor(from / every) + 1) * every;
    return Math.min(length, (next ?? Infinity) - this.#offset, (nextEvery ?? Infinity) - this.#offset);
  }
}
