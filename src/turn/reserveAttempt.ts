import { mustAsk } from "../core/budget/askRule.ts";
import type { PromptTokensOf } from "../core/budget/promptTokens.ts";
import { type LimitStanding, type SpendDemand, blockingLimit } from "../core/budget/spendLimit.ts";
import { type NanoUsd, addUsd } from "../core/money/nanoUsd.ts";
import { policyHash } from "../core/routing/policyHash.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { ReservationRequest } from "../store/ledger.ts";
import type { RoutedTurn } from "./routedTurn.ts";

export type TurnReservation =
  | {
      readonly kind: "reserved";
      readonly reservationId: string;
      readonly choice: ModelChoice;
      readonly standings: readonly LimitStanding[];
    }
  | {
      readonly kind: "refused";
      readonly blocking: LimitStanding;
      readonly demand: SpendDemand;
      /** What the first of the models would have needed, and whether there are cheaper ones that were not tried. */
      readonly first: SpendDemand;
      readonly hasCheaper: boolean;
    }
  /** The person wants to be asked before the question costs as much, everything before this attempt included. */
  | { readonly kind: "unconfirmed"; readonly choice: ModelChoice; readonly needed: NanoUsd };

export interface AttemptWish {
  /** In the order of their worth; at least one. */
  readonly choices: readonly ModelChoice[];
  readonly promptTokensOf: PromptTokensOf;
  /** What the turn has cost before, see `AttemptChain`. */
  readonly spent: NanoUsd;
}

/** Holds the worst case of the first of these models that the budgets allow; of the first only, unless cheaper ones may answer. */
export async function reserveAttempt(
  turn: RoutedTurn,
  { choices, promptTokensOf, spent }: AttemptWish,
): Promise<TurnReservation> {
  const { request, ledger } = turn;
  const atStake = ({ worstCase }: ModelChoice) => addUsd(spent, worstCase);
  const [first] = choices;
  if (first === undefined) throw new RangeError("A reservation needs at least one choice");
  if (mustAsk(request, atStake(first))) return { kind: "unconfirmed", choice: first, needed: atStake(first) };
  const mayDowngrade = (request.onExceed ?? "downgrade") === "downgrade";
  const tried = mayDowngrade ? choices.filter((choice) => !mustAsk(request, atStake(choice))) : [first];
  let refusal: Omit<Extract<TurnReservation, { kind: "refused" }>, "hasCheaper"> | undefined;
  for (const choice of tried) {
    const promptTokens = promptTokensOf(choice.model).atMost;
    const reservation = toReservation(turn, choice, promptTokens);
    const outcome = await ledger.reserve(reservation);
    const { reservationId } = reservation;
    if (outcome.kind === "reserved") return { kind: "reserved", reservationId, choice, standings: outcome.standings };
    const demand = demandOf(choice, promptTokens);
    refusal = { kind: "refused", blocking: outcome.blocking, demand, first: refusal?.first ?? demand };
  }
  if (refusal === undefined) throw new RangeError("The first choice was not tried");
  const { blocking } = refusal;
  const mayPass = (other: ModelChoice) => fits(blocking, demandOf(other, promptTokensOf(other.model).atMost));
  return { ...refusal, hasCheaper: choices.slice(tried.length).some(mayPass) };
}

function demandOf({ worstCase, maxCompletionTokens }: ModelChoice, promptTokens: number): SpendDemand {
  return { amount: worstCase, tokens: promptTokens + maxCompletionTokens };
}

/** Whether the limit that stopped one choice would let another pass. */
function fits(blocking: LimitStanding, demand: SpendDemand): boolean {
  return blockingLimit([blocking], demand) === undefined;
}

function toReservation(
  { services, request, decision, policy }: RoutedTurn,
  choice: ModelChoice,
  promptTokens: number,
): ReservationRequest {
  return {
    reservationId: services.newId(),
    turnId: request.turnId,
    workspace: request.workspace,
    keyLabel: services.gateway.keyName,
    chat: request.chatId,
    surface: request.surface,
    taskType: decision.task.taskType,
    gatewayOrigin: services.gateway.origin,
    askedModel: choice.model.id,
    ...demandOf(choice, promptTokens),
    limits: request.limits,
    ...(request.allowance === undefined ? {} : { allowance: request.allowance }),
    policyHash: policyHash(policy),
    nowMs: services.now(),
  };
}
