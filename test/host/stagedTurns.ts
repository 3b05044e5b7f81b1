import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { TurnFinish, Waybill } from "../../src/core/waybill/waybill.ts";

const WAYBILL: Waybill = {
  ...{ turnId: "turn", generationId: "gen-1", surface: "inline-edit", taskType: "edit" },
  ...{ gatewayOrigin: "https://openrouter.ai", provider: "P", askedModel: "a/b", askedModelName: "B" },
  ...{ servedModel: "a/b", servedModelName: "B", startedAtMs: 0, firstTokenMs: 1, totalMs: 2, usage: undefined },
  ...{ cost: toNanoUsd(1_000), costSource: "billed", finish: "complete", reasons: [], discarded: [] },
};

/** Turns whose text the test gives; one that is stopped ends as such. */
export class StagedTurns {
  /** How many turns were asked for. */
  asked = 0;
  #events: TurnEvent[] = [];
  #wake = Promise.withResolvers<void>();

  /** More of the answer. */
  say(text: string): void {
    this.#give({ type: "text-delta", text });
  }

  end(finish: TurnFinish = "complete"): void {
    this.#give({ type: "turn-end", waybill: { ...WAYBILL, turnId: `turn-${this.asked}`, finish }, problem: undefined });
  }

  async *run(_order: unknown, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    this.asked += 1;
    const stop = () => this.end("stopped");
    signal.addEventListener("abort", stop);
    try {
      for (;;) {
        const event = this.#events.shift();
        if (event === undefined) await this.#wake.promise;
        else {
          yield event;
          if (event.type === "turn-end") return;
        }
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #give(event: TurnEvent): void {
    this.#events.push(event);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
