import { WaybillError } from "../core/errors/waybillError.ts";
import type { ChatChunk, ChatDelta, UsageBody } from "./chatChunkSchema.ts";
import type { ChatEvent } from "./chatEvent.ts";
import type { classifyErrorBody as ClassifyErrorBody } from "./classifyGatewayError.ts";
import { errorSchema, findError } from "./errorSchema.ts";
import { EventBatch } from "./eventBatch.ts";
import { parseJson } from "./parseJson.ts";
import { readChunk } from "./readChunk.ts";
import { citationsOf, imagesOf, thoughtIn } from "./readDelta.ts";
import { readFinishReason } from "./readFinishReason.ts";
import { readCost, readTokenUsage } from "./readUsage.ts";
import { ToolCallPieces } from "./toolCallPieces.ts";

const MAX_GARBAGE_FRAMES_IN_A_ROW = 3;

/** Turns the frames of one answer into events. Knows nothing of bytes and lines. */
export class ChatStreamReader {
  /** `[DONE]` was seen, so later frames are not looked at. */
  isDone = false;
  /** Thrown by the owner after the events before it were handed over, so that no text is lost. */
  failure: WaybillError | Promise<WaybillError> | undefined;
  readonly #batch = new EventBatch();
  readonly #toolCalls = new ToolCallPieces();
  /** The terminal chunk may come twice, and usage may come with or after it: both are kept until the end. */
  #finishReason: string | undefined;
  #usage: UsageBody | undefined;
  #generationId: string | undefined;
  /** What was last told by a `served` event, to tell it only when it changes. */
  #servedModel: string | undefined;
  #servedProvider: string | undefined;
  /** Everything of `reasoning_details`; `undefined` until there was a list, if only an empty one. */
  #reasoningDetails: unknown[] | undefined;
  /** `reasoning` repeats the text of `reasoning_details`: only where it never comes, the details are read for text. */
  #hasPlainReasoning = false;
  #routerMetadata: unknown;
  /** Audio comes in many pieces and is told once. */
  #hasToldAudio = false;
  #garbageFramesInARow = 0;
  readonly #now: () => number;

  /** The time is asked for when an error says when to come back. */
  constructor(now: () => number) {
    this.#now = now;
  }

  readFrame(data: string): void {
    if (this.isDone || this.failure !== undefined) return;
    const frame = data.trim();
    if (frame === "") return;
    if (frame === "[DONE]") {
      this.isDone = true;
      return;
    }
    const chunk = readChunk(parseJson(frame));
    if (chunk === undefined) return this.#readGarbage();
    this.#garbageFramesInARow = 0;
    this.#readChunk(chunk);
  }

  takeEvents(): readonly ChatEvent[] {
    return this.#batch.take();
  }

  /** The closing events; throws `incomplete` when the answer has no end. */
  finish(): readonly ChatEvent[] {
    const { calls, namelessCount } = this.#toolCalls.finish();
    const reason = this.#finishReason ?? (this.isDone && calls.length > 0 ? "tool_calls" : undefined);
    if (reason === undefined) throw this.#incomplete();
    if (namelessCount > 0) this.#batch.add({ type: "warning", warning: "nameless-tool-call" });
    for (const call of calls) this.#batch.add({ type: "tool-call", ...call });
    this.#batch.add({
      type: "finish",
      reason: readFinishReason(reason, calls.length > 0),
      usage: this.#usage && readTokenUsage(this.#usage),
      cost: this.#usage && readCost(this.#usage),
      reasoningDetails: this.#reasoningDetails,
      routerMetadata: this.#routerMetadata,
    });
    return this.#batch.take();
  }

  #incomplete(): WaybillError {
    return new WaybillError("incomplete", "The stream ended before the answer did", {
      isRetryable: true,
      ...(this.#generationId === undefined ? {} : { generationId: this.#generationId }),
    });
  }

  #readGarbage(): void {
    this.#garbageFramesInARow += 1;
    this.#batch.add({ type: "warning", warning: "garbage-frame" });
    if (this.#garbageFramesInARow < MAX_GARBAGE_FRAMES_IN_A_ROW) return;
    this.failure = new WaybillError("protocol", "Three frames in a row could not be read", {
      detail: "three unreadable frames in a row",
    });
  }

  #readChunk(chunk: ChatChunk): void {
    this.#generationId ??= chunk.id ?? undefined;
    this.#noteServed(chunk);
    const choice = chunk.choices?.[0];
    const delta = choice?.delta ?? choice?.message;
    if (delta !== undefined && delta !== null) this.#readDelta(delta);
    this.#usage = chunk.usage ?? this.#usage;
    this.#routerMetadata = chunk.openrouter_metadata ?? this.#routerMetadata;
    // Some servers put an empty reason on every chunk.
    const reason = choice?.finish_reason || undefined;
    if (choice && reason === undefined && this.#finishReason === undefined) this.#tellUsage(chunk.usage);
    const error = chunk.error || choice?.error || (reason === "error" ? {} : bareErrorIn(chunk));
    if (error !== undefined) this.#fail(error);
    else this.#finishReason = reason ?? this.#finishReason;
  }

  /** Before the end only some servers report it; in the last chunks it belongs to the end. */
  #tellUsage(usage: ChatChunk["usage"]): void {
    const completionTokens = usage ? readTokenUsage(usage)?.completionTokens : undefined;
    if (completionTokens) this.#batch.add({ type: "usage", completionTokens });
  }

  #fail(error: unknown): void {
    const body = errorSchema.safeParse(error);
    this.failure = classify(body.success ? body.data : {}, {
      status: undefined,
      generationId: this.#generationId,
      isUncharged: false,
      nowMs: this.#now(),
      provider: this.#servedProvider,
    });
  }

  #noteServed({ model, provider }: ChatChunk): void {
    const servedModel = model ?? this.#servedModel;
    const servedProvider = provider ?? this.#servedProvider;
    if (servedModel === this.#servedModel && servedProvider === this.#servedProvider) return;
    this.#servedModel = servedModel;
    this.#servedProvider = servedProvider;
    this.#batch.add({ type: "served", model: servedModel, provider: servedProvider });
  }

  #readDelta(delta: ChatDelta): void {
    this.#readReasoning(delta);
    this.#batch.addText("text-delta", delta.content);
    this.#batch.addText("refusal-delta", delta.refusal);
    if (delta.tool_calls) this.#toolCalls.add(delta.tool_calls);
    if (delta.images) for (const url of imagesOf(delta)) this.#batch.add({ type: "image", url });
    if (delta.annotations) for (const found of citationsOf(delta)) this.#batch.add({ type: "citation", ...found });
    if (delta.audio && !this.#hasToldAudio) {
      this.#hasToldAudio = true;
      this.#batch.add({ type: "warning", warning: "audio-ignored" });
    }
  }

  #readReasoning(delta: ChatDelta): void {
    const plain = delta.reasoning || delta.reasoning_content;
    this.#hasPlainReasoning ||= Boolean(plain);
    this.#batch.addText("reasoning-delta", plain);
    if (!delta.reasoning_details) return;
    if (!this.#hasPlainReasoning) this.#batch.addText("reasoning-delta", thoughtIn(delta));
    this.#reasoningDetails ??= [];
    for (const detail of delta.reasoning_details) this.#reasoningDetails.push(detail);
  }
}

/** What only failures need is a bundle of its own. */
async function classify(...error: Parameters<typeof ClassifyErrorBody>): Promise<WaybillError> {
  const { classifyErrorBody } = await import("./classifyGatewayError.ts");
  return classifyErrorBody(...error);
}

/** Some servers send the fields of an error without an `error` around them. */
function bareErrorIn(chunk: ChatChunk): unknown {
  return chunk.choices === undefined ? findError(chunk) : undefined;
}
