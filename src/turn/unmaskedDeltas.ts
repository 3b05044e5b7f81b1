import type { PlaceholderReader } from "../core/secrets/placeholderReader.ts";
import type { Masks } from "./maskRequest.ts";
import type { TurnEvent } from "./turnEvent.ts";

export type AnswerDelta = Extract<TurnEvent, { type: "text-delta" | "reasoning-delta" }>;

/** The pieces of an answer with the masked secrets put back, wherever a placeholder is cut. */
export class UnmaskedDeltas {
  readonly #readers: Readonly<Record<AnswerDelta["type"], PlaceholderReader | undefined>>;

  constructor({ reader }: Masks) {
    this.#readers = { "text-delta": reader(), "reasoning-delta": reader() };
  }

  pass(delta: AnswerDelta): readonly AnswerDelta[] {
    const reader = this.#readers[delta.type];
    return reader === undefined ? [delta] : withText(delta.type, reader.push(delta.text));
  }

  /** What was held back as the beginning of a placeholder that never came. */
  end(): readonly AnswerDelta[] {
    const { "text-delta": text, "reasoning-delta": reasoning } = this.#readers;
    return [...withText("reasoning-delta", reasoning?.end() ?? ""), ...withText("text-delta", text?.end() ?? "")];
  }
}

function withText(type: AnswerDelta["type"], text: string): readonly AnswerDelta[] {
  return text === "" ? [] : [{ type, text }];
}
