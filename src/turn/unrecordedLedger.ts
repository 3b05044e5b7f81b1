import { type WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { Ledger } from "../store/ledger.ts";
import type { OutcomeStore } from "../store/outcomeStore.ts";
import type { TokenCalibrationStore } from "../store/tokenCalibration.ts";

/** What the attempts of a turn need of the ledger. */
export interface TurnLedger extends Pick<Ledger, "reserve" | "renew" | "settle" | "release"> {
  readonly outcomes: Pick<OutcomeStore, "noteRejectedAttempt">;
  readonly tokens: Pick<TokenCalibrationStore, "learn">;
}

/**
 * The ledger, or what stands in for one that cannot be used: then only requests that cost nothing pass, and their waybills
 * are not recorded. Rejects when the choice may cost something.
 */
export async function ledgerFor(ledger: () => Promise<Ledger>, { worstCase }: ModelChoice): Promise<TurnLedger> {
  try {
    return await ledger();
  } catch (error) {
    if (worstCase !== 0) throw error;
    return unrecordedLedger(toWaybillError(error));
  }
}

function unrecordedLedger(failure: WaybillError): TurnLedger {
  return {
    reserve: async ({ amount }) => {
      if (amount !== 0) throw failure;
      return { kind: "reserved", standings: [] };
    },
    renew: async () => undefined,
    // The person is told beside the answer.
    settle: () => Promise.reject(failure),
    release: async () => undefined,
    outcomes: { noteRejectedAttempt: () => Promise.reject(failure) },
    tokens: { learn: () => Promise.reject(failure) },
  };
}
