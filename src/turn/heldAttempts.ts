import type { Waybill } from "../core/waybill/waybill.ts";
import type { Attempt } from "./attempt.ts";
import { settleAbandoned, settleLater } from "./settleAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";
import { type AttemptEnding, writeWaybill } from "./writeWaybill.ts";

interface HeldAttempt {
  readonly attempt: Attempt;
  readonly ending: AttemptEnding;
  /** Its place among the discarded attempts of the waybill, when another followed. */
  discardedAt: number | undefined;
}

/** Attempts whose cost nobody knows yet; their reservations stay held until they are looked up. */
export class HeldAttempts {
  #held: HeldAttempt[] = [];
  /** The attempt whose waybill the surface shows, and that waybill. */
  #shown: { readonly attempt: Attempt; readonly waybill: Waybill } | undefined;

  add(attempt: Attempt, ending: AttemptEnding): void {
    this.#held.push({ attempt, ending, discardedAt: undefined });
  }

  noteDiscarded(attempt: Attempt, discardedAt: number): void {
    const held = this.#held.find((candidate) => candidate.attempt === attempt);
    if (held !== undefined) held.discardedAt = discardedAt;
  }

  /** The waybill that goes to the surface. */
  show(attempt: Attempt, waybill: Waybill): Waybill {
    this.#shown = { attempt, waybill };
    return waybill;
  }

  /** For a turn whose last attempt cost nothing: the one before it that may have. */
  lastWaybill(): Waybill | undefined {
    const last = this.#held.at(-1);
    return last === undefined ? undefined : this.show(last.attempt, writeWaybill(last.attempt, last.ending));
  }

  /** Looks up what each attempt cost and corrects the waybill that is shown. */
  async *settle(): AsyncGenerator<TurnEvent> {
    for (let held = this.#held[0]; held !== undefined; held = this.#held[0]) {
      const settled = await settleLater(held.attempt, held.ending);
      this.#held = this.#held.slice(1);
      const corrected = settled === undefined ? undefined : this.#correctShown(held, settled);
      if (corrected !== undefined) yield { type: "waybill-corrected", waybill: corrected };
    }
  }

  /** The surface stopped reading. */
  async abandon(): Promise<void> {
    const abandoned = this.#held;
    this.#held = [];
    for (const { attempt } of abandoned) await settleAbandoned(attempt);
  }

  #correctShown({ attempt, discardedAt }: HeldAttempt, settled: Waybill): Waybill | undefined {
    if (this.#shown === undefined) return undefined;
    const { waybill } = this.#shown;
    if (attempt === this.#shown.attempt) return this.show(attempt, { ...settled, discarded: waybill.discarded });
    const { cost, costSource } = settled;
    const discarded = waybill.discarded.map((entry, index) =>
      index === discardedAt ? { ...entry, cost, costSource } : entry,
    );
    return this.show(this.#shown.attempt, { ...waybill, discarded });
  }
}
