import type { CrossedAlert } from "../core/budget/alertLevel.ts";
import type { LimitStanding, MoneyLimit, SpendLimit, SpendPlace } from "../core/budget/spendLimit.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { LedgerBill } from "../core/waybill/compareWithBill.ts";
import type { UncertainRow } from "../core/waybill/reconciliation.ts";
import type { Surface, TokenUsage, Waybill } from "../core/waybill/waybill.ts";
import type { CorrectionStore } from "./correctionStore.ts";
import type { KeyStandingStore } from "./keyStandings.ts";
import type { KeyPlace } from "./keyWall.ts";
import type { OutcomeStore } from "./outcomeStore.ts";
import type { SpendHistory } from "./spendHistory.ts";
import type { Allowance } from "./spendLeave.ts";
import type { TokenCalibrationStore } from "./tokenCalibration.ts";

/** What is known of a request before it leaves; enough to write its row if the window dies. */
export interface ReservationRequest extends SpendPlace {
  readonly reservationId: string;
  readonly turnId: string;
  readonly surface: Surface;
  readonly taskType: TaskType;
  readonly gatewayOrigin: string;
  readonly askedModel: string;
  readonly amount: NanoUsd;
  /** Upper bound of prompt and answer. */
  readonly tokens: number;
  readonly limits: readonly SpendLimit[];
  /** The person let this one turn pass the limits on money. */
  readonly allowance?: Allowance;
  /** Of the rules that the model was chosen by: equal rules have equal numbers. */
  readonly policyHash?: number;
  readonly nowMs: number;
}

export type ReservationOutcome =
  | { readonly kind: "reserved"; readonly standings: readonly LimitStanding[] }
  | { readonly kind: "over-limit"; readonly blocking: LimitStanding };

/** What the gateway told of a turn afterwards. */
export interface CostCorrection {
  readonly cost: NanoUsd;
  readonly usage: TokenUsage;
  readonly model: string | undefined;
  readonly provider: string | undefined;
}

/** What opening a ledger had to mend, for the person to know. */
export interface LedgerRepair {
  /** `rebuilt`: there was no ledger where there is a journal. `behind`: the ledger was older than its journal. */
  readonly kind: "rebuilt" | "behind";
  /** What is counted as spent again. */
  readonly regained: NanoUsd;
}

/** Only ever by a click of the person. */
export interface LimitRaise {
  readonly limit: MoneyLimit;
  readonly amount: NanoUsd;
  readonly nowMs: number;
}

/**
 * The append-only record of what was spent, shared by all windows of the machine. Every method rejects with
 * `WaybillError` (`ledger-damaged`, `ledger-unusable`, `ledger-busy`).
 */
export interface Ledger {
  /** What the person did with the answers. */
  readonly outcomes: OutcomeStore;
  /** What the person said requests were for. */
  readonly corrections: CorrectionStore;
  /** How gateways count the tokens of prompts. */
  readonly tokens: TokenCalibrationStore;
  /** What opening it had to mend; `undefined` when it was sound. */
  readonly repair: LedgerRepair | undefined;
  /** Holds the amount against all limits in one transaction, or says which limit is in the way. */
  reserve(request: ReservationRequest): Promise<ReservationOutcome>;
  /** Notes the generation id, by which a lost turn is looked up, and that the owner is still alive. */
  renew(reservationId: string, generationId: string | undefined, nowMs: number): Promise<void>;
  /** Replaces the reservation by the real cost; a second settlement of the same reservation corrects the first. */
  settle(reservationId: string, waybill: Waybill): Promise<void>;
  /** Gives back a reservation whose request provably cost nothing. */
  release(reservationId: string): Promise<void>;
  standings(place: SpendPlace, limits: readonly SpendLimit[], nowMs: number): Promise<readonly LimitStanding[]>;
  /** Raises a limit for the UTC day, at most to twice of what it is. Answers what it is raised by. */
  raiseForToday(place: SpendPlace, raise: LimitRaise): Promise<NanoUsd>;
  /** Of these, the ones that no window has told of in this period. They count as told from now on. */
  claimAlerts(place: SpendPlace, alerts: readonly CrossedAlert[], nowMs: number): Promise<readonly CrossedAlert[]>;
  /** Turns reservations of windows that died into rows of unknown cost. Answers how many there were. */
  recoverOrphans(nowMs: number): Promise<number>;
  /** What is booked on a key at a gateway since a UTC day, to hold against its own bill. */
  bill(sinceDay: string, place: KeyPlace): Promise<LedgerBill>;
  /** What gateways said of keys. */
  keyStandings(): Promise<KeyStandingStore>;
  /** The turns of a gateway since a UTC day whose cost is not certain. */
  uncertainRows(sinceDay: string, gatewayOrigin: string): Promise<readonly UncertainRow[]>;
  /** The models asked and served lately through a gateway since a UTC day, each once. */
  modelsUsed(sinceDay: string, gatewayOrigin: string): Promise<readonly string[]>;
  /** Replaces a cost that is not certain by one that was looked up. Answers `false` when it was certain already. */
  correctCost(reservationId: string, correction: CostCorrection): Promise<boolean>;
  /** What was spent, for looking at. */
  history(): Promise<SpendHistory>;
  close(): void;
}
