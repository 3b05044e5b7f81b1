import type { Ledger } from "../store/ledger.ts";
import type { TurnServices } from "./turnRequest.ts";
import type { AttemptPapers } from "./writeWaybill.ts";

/** One request to one model, with its reservation. */
export interface Attempt {
  readonly services: TurnServices;
  readonly ledger: Ledger;
  readonly papers: AttemptPapers;
  readonly signal: AbortSignal;
}
