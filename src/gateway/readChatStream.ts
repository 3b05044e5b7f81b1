import { type EventSourceParser, ParseError, createParser } from "eventsource-parser";
import { WaybillError } from "../core/errors/waybillError.ts";
import { type ChatChunk, type UsageBody, chatChunkSchema } from "./chatChunkSchema.ts";
import type { ChatEvent, FinishReason } from "./chatEvent.ts";
import { classifyErrorBody } from "./classifyGatewayError.ts";
import { parseJson } from "./parseJson.ts";
import { readCost, readTokenUsage } from "./readUsage.ts";

const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;
const MAX_GARBAGE_FRAMES_IN_A_ROW = 3;

/** After `[DONE]` the body normally ends at once; waiting for that keeps the connection usable for the next request. */
const DRAIN_TIMEOUT_MS = 100;

/**
 * Reads server-sent chat chunks. Yields the events of each network read together, adjacent text joined, so that cost
 * grows with bytes and not with tokens. Ends with one `finish` event, or throws: `incomplete` when the stream ends
 * before a finish reason, `protocol` after three unreadable frames in a row, or the error the gateway reports.
 */
export async function* readChatStream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly ChatEvent[]> {
  const reader = new ChatStreamReader();
  const decoder = new TextDecoder();
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    while (!reader.isDone) {
      const { done, value } = await iterator.next();
      const events = reader.read(done === true ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      if (events.length > 0) yield events;
      reader.throwIfFailed();
      if (done === true) break;
    }
    yield [reader.finish()];
    if (reader.isDone) await drain(iterator);
  } finally {
    await iterator.return?.();
  }
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

/** State between reads; a class because the parser calls back into it. */
class ChatStreamReader {
  /** `[DONE]` was seen, so later bytes are not looked at. */
  isDone = false;
  readonly #parser: EventSourceParser;
  /** Events of the read under way. */
  #events: ChatEvent[] = [];
  /** The terminal chunk may come twice, and usage may come with or after it: both are kept until the end. */
  #finishReason: string | undefined;
  #usage: UsageBody | undefined;
  #generationId: string | undefined;
  /** What was last told by a `served` event, to tell it only when it changes. */
  #servedModel: string | undefined;
  #servedProvider: string | undefined;
  #garbageFramesInARow = 0;
  /** Thrown after the events before it were handed over, so that no text is lost. */
  #failure: WaybillError | undefined;

  constructor() {
    this.#parser = createParser({
      maxBufferSize: MAX_EVENT_CHARACTERS,
      onEvent: ({ data }) => this.#readFrame(data),
      onError: (error) => {
        if (error instanceof ParseError && error.type === "max-buffer-size-exceeded") {
          this.#failure ??= new WaybillError("protocol", "A frame was too large", { detail: "a frame over 4 MB" });
        }
      },
    });
  }

  read(text: string): readonly ChatEvent[] {
    this.#events = [];
    this.#parser.feed(text);
    return this.#events;
  }

  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The closing event; throws when no finish reason ever came. */
  finish(): ChatEvent {
    if (this.#finishReason === undefined) throw this.#incomplete();
    return {
      type: "finish",
      reason: toFinishReason(this.#finishReason),
      usage: this.#usage === undefined ? undefined : readTokenUsage(this.#usage),
      cost: this.#usage === undefined ? undefined : readCost(this.#usage),
    };
  }

  #incomplete(): WaybillError {
    return new WaybillError("incomplete", "The stream ended before the answer did", {
      isRetryable: true,
      ...(this.#generationId === undefined ? {} : { generationId: this.#generationId }),
    });
  }

  #readFrame(data: string): void {
    if (this.isDone || this.#failure !== undefined) return;
    if (data === "[DONE]") {
      this.isDone = true;
      return;
    }
    const parsed = chatChunkSchema.safeParse(parseJson(data));
    if (!parsed.success) {
      this.#readGarbage();
      return;
    }
    this.#garbageFramesInARow = 0;
    this.#readChunk(parsed.data);
  }

  #readGarbage(): void {
    this.#garbageFramesInARow += 1;
    this.#events.push({ type: "warning", warning: "garbage-frame" });
    if (this.#garbageFramesInARow < MAX_GARBAGE_FRAMES_IN_A_ROW) return;
    this.#failure = new WaybillError("protocol", "Three frames in a row could not be read", {
      detail: "three unreadable frames in a row",
    });
  }

  #readChunk(chunk: ChatChunk): void {
    this.#generationId ??= chunk.id ?? undefined;
    this.#noteServed(chunk);
    const choice = chunk.choices?.[0];
    this.#appendText("text-delta", choice?.delta?.content);
    this.#appendText("reasoning-delta", choice?.delta?.reasoning);
    this.#usage = chunk.usage ?? this.#usage;
    const error = chunk.error ?? choice?.error;
    if (error !== undefined && error !== null) {
      this.#failure = classifyErrorBody(error, {
        status: undefined,
        generationId: this.#generationId,
        isUncharged: false,
      });
      return;
    }
    this.#finishReason = choice?.finish_reason ?? this.#finishReason;
  }

  #noteServed({ model, provider }: ChatChunk): void {
    const isNews =
      (model !== undefined && model !== null && model !== this.#servedModel) ||
      (provider !== undefined && provider !== null && provider !== this.#servedProvider);
    if (!isNews) return;
    this.#servedModel = model ?? this.#servedModel;
    this.#servedProvider = provider ?? this.#servedProvider;
    this.#events.push({ type: "served", model: this.#servedModel, provider: this.#servedProvider });
  }

  #appendText(type: "text-delta" | "reasoning-delta", text: string | null | undefined): void {
    if (text === undefined || text === null || text === "") return;
    const last = this.#events.at(-1);
    if (last?.type === type) this.#events[this.#events.length - 1] = { type, text: last.text + text };
    else this.#events.push({ type, text });
  }
}

function toFinishReason(reason: string): FinishReason {
  switch (reason) {
    case "stop":
    case "length":
      return reason;
    case "tool_calls":
      return "tool-calls";
    case "content_filter":
      return "content-filter";
    default:
      return "other";
  }
}
