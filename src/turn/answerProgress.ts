import { AnswerTokens } from "../core/budget/answerTokens.ts";
import { type AnswerSource, MOST_SOURCES, withSource } from "../core/conversation/answerSources.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { TokenUsage, TurnFinish } from "../core/waybill/waybill.ts";
import type { ChatEvent, Citation, FinishReason } from "../gateway/chatEvent.ts";

/** What is known of an answer so far. Mutable: one per attempt, filled while the stream is read. */
export class AnswerProgress {
  generationId: string | undefined;
  servedModel: string | undefined;
  provider: string | undefined;
  /** When the first visible or reasoning text came. */
  firstTokenAtMs: number | undefined;
  /** UTF-16 units of visible and reasoning text, for an estimate when no usage comes. */
  receivedCharacters = 0;
  /** Of the same text. */
  readonly tokens = new AnswerTokens();
  /** Completion tokens that the server reported before the end; 0 where it does not. */
  reportedTokens = 0;
  /** Visible text. */
  text = "";
  /** Pages that the answer names, cleaned and bounded. */
  sources: readonly AnswerSource[] = [];
  isRefusal = false;
  hasToolCalls = false;
  /** Set by the closing event only; without it the answer is not complete. */
  finishReason: FinishReason | undefined;
  usage: TokenUsage | undefined;
  cost: NanoUsd | undefined;

  note(event: ChatEvent, nowMs: number): void {
    switch (event.type) {
      case "response-start":
        this.generationId = event.generationId;
        return;
      case "served":
        this.servedModel = event.model;
        this.provider = event.provider;
        return;
      case "refusal-delta":
        this.isRefusal = true;
        this.#noteVisible(event.text, nowMs);
        return;
      case "text-delta":
        this.#noteVisible(event.text, nowMs);
        return;
      case "reasoning-delta":
        this.#noteText(event.text, nowMs);
        return;
      case "tool-call":
        this.hasToolCalls = true;
        this.#noteText(event.name + event.arguments, nowMs);
        return;
      case "usage":
        this.reportedTokens = Math.max(this.reportedTokens, event.completionTokens);
        return;
      case "citation":
        return this.#noteCitation(event);
      case "image":
      case "warning":
        return;
      case "finish":
        this.finishReason = event.reason;
        this.usage = event.usage;
        this.cost = event.cost;
        return;
    }
  }

  get hasText(): boolean {
    return this.text !== "";
  }

  #noteCitation({ url, title = "" }: Citation): void {
    if (this.sources.length >= MOST_SOURCES || !URL.canParse(url)) return;
    this.sources = withSource(this.sources, { url: new URL(url).href, title });
  }

  #noteVisible(text: string, nowMs: number): void {
    this.text += text;
    this.#noteText(text, nowMs);
  }

  #noteText(text: string, nowMs: number): void {
    this.firstTokenAtMs ??= nowMs;
    this.receivedCharacters += text.length;
    this.tokens.add(text);
  }
}

export function toTurnFinish(reason: FinishReason): TurnFinish {
  switch (reason) {
    case "length":
      return "length";
    case "content-filter":
      return "filtered";
    case "stop":
    case "tool-calls":
    case "other":
      return "complete";
  }
}
