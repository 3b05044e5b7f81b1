import type { Waybill } from "../core/waybill/waybill.ts";
import type { Attempt } from "./attempt.ts";
import { settleAbandoned, settleLater } from "./settleAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";
import type { AttemptEnding } from "./writeWaybill.ts";

interface Held {
  readonly attempt: Attempt;
  readonly ending: AttemptEnding;
}

/**
 * The attempt whose cost nobody knows yet: its reservation stays held until it is looked up. It is always the turn's last,
 * since what may have been billed is not sent again unasked.
 */
export class HeldAttempt {
  #held: Held | undefined;
  /** What the surface shows of it. */
  #shown: Waybill | undefined;

  keep(attempt: Attempt, ending: AttemptEnding): void {
    this.#held = { attempt, ending };
  }

  /** The waybill that goes to the surface. */
  show(waybill: Waybill): Waybill {
    this.#shown = waybill;
    return waybill;
  }

  /** Looks up what it cost, and corrects the waybill that is shown. */
  async *settle(): AsyncGenerator<TurnEvent> {
    if (this.#held === undefined) return;
    const settled = await settleLater(this.#held.attempt, this.#held.ending);
    this.#held = undefined;
    if (settled === undefined || this.#shown === undefined) return;
    yield { type: "waybill-corrected", waybill: { ...settled, discarded: this.#shown.discarded } };
  }

  /** The surface stopped reading. */
  async abandon(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) await settleAbandoned(held.attempt);
  }
}
