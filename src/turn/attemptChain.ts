import { WaybillError } from "../core/errors/waybillError.ts";
import { ZERO_USD } from "../core/money/nanoUsd.ts";
import { type FailedAttempt, planNextAttempt } from "../core/retry/planNextAttempt.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import { isWithin } from "../core/routing/standIns.ts";
import type { DiscardedAttempt } from "../core/waybill/waybill.ts";
import { AnswerProgress } from "./answerProgress.ts";
import type { Attempt } from "./attempt.ts";
import { describeFailure } from "./describeFailure.ts";
import { HeldAttempts } from "./heldAttempts.ts";
import { type NextStep, askAnyProvider, toNextStep } from "./nextStep.ts";
import type { TurnReservation } from "./reserveAttempt.ts";
import type { RoutedTurn } from "./routedTurn.ts";
import type { AttemptEnd } from "./runAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";
import { writeWaybill } from "./writeWaybill.ts";

interface EndedAttempt {
  readonly attempt: Attempt;
  readonly end: AttemptEnd;
}

/** The attempts of one turn. Mutable: it grows while the turn goes on. */
export class AttemptChain {
  readonly held: HeldAttempts;
  readonly #turn: RoutedTurn;
  /** Attempts that failed before their first token, for the plan. */
  readonly #failed: FailedAttempt[] = [];
  /** Those of them that were followed by another, for the waybill. */
  #discarded: readonly DiscardedAttempt[] = [];
  /** Models that were asked, by us or by the gateway as fallbacks. */
  readonly #asked = new Set<string>();
  /** Why the next attempt is not simply what was routed, one line a step. */
  readonly #reasons: string[] = [];
  /** Off once it left no provider: the price ceiling may allow only the one that fails. */
  #avoidsProviders = true;
  #last: EndedAttempt | undefined;

  constructor(turn: RoutedTurn) {
    this.#turn = turn;
    this.held = new HeldAttempts();
  }

  /** The routed model and cheaper ones; while it fails again and again, those that may stand in come first. */
  firstChoices(): readonly ModelChoice[] {
    const { decision, services } = this.#turn;
    const { choice: routed, cheaper } = decision;
    const openUntilMs = services.health.openUntilMs(routed.model.id, services.now());
    const healthy = openUntilMs === undefined ? [] : this.#healthyStandIns();
    if (openUntilMs === undefined || healthy.length === 0) return [routed, ...cheaper];
    const until = services.formatTime(openUntilMs);
    this.#reasons.push(`${routed.model.name} failed several times in a row and is not asked until ${until}.`);
    return [...healthy, routed, ...cheaper];
  }

  begin({ choice, reservationId }: Extract<TurnReservation, { kind: "reserved" }>): Attempt {
    const { decision } = this.#turn;
    const gatewayFallbacks = this.#gatewayFallbacks(choice);
    for (const { model } of [choice, ...gatewayFallbacks]) this.#asked.add(model.id);
    if (this.#last === undefined && choice !== decision.choice && this.#reasons.length === 0) {
      const routed = decision.choice.model.name;
      this.#reasons.push(`The budget left is too small for ${routed}, so ${choice.model.name} was taken.`);
    }
    return {
      turn: this.#turn,
      reservationId,
      choice,
      gatewayFallbacks,
      avoidedProviders: this.#avoidedProviders(),
      reasons: [...decision.explanation.reasons, ...this.#reasons],
      discarded: this.#discarded,
      progress: new AnswerProgress(),
    };
  }

  /** Takes down how an attempt ended and answers what to do next; `undefined` when the turn is over. */
  noteEnd(attempt: Attempt, end: AttemptEnd): NextStep | undefined {
    this.#last = { attempt, end };
    if (end.reservation === "held") this.held.add(attempt, end.ending);
    this.#noteHealth(attempt, end);
    const { failure } = end;
    const hasBegun = attempt.progress.firstTokenAtMs !== undefined;
    if (failure === undefined || failure.code === "aborted" || hasBegun || end.reservation === "settled") {
      return undefined;
    }
    const atStake = end.reservation === "held" ? attempt.choice.worstCase : ZERO_USD;
    if (failure.code === "no-endpoint" && attempt.avoidedProviders.length > 0) {
      this.#avoidsProviders = false;
      return askAnyProvider(attempt.choice);
    }
    this.#failed.push({ choice: attempt.choice, error: failure, atStake });
    return this.#plan(attempt, failure);
  }

  /** The attempt that ended last is followed by another. */
  discard({ reason, waitMs }: NextStep): void {
    if (this.#last === undefined) return;
    const { attempt, end } = this.#last;
    const { model, worstCase } = attempt.choice;
    const isHeld = end.reservation === "held";
    this.#discarded = [
      ...this.#discarded,
      {
        askedModel: model.id,
        askedModelName: model.name,
        failure: end.failure?.code ?? "internal",
        costSource: isHeld ? "unknown" : "nothing",
        cost: isHeld ? worstCase : ZERO_USD,
        waitedMs: waitMs,
      },
    ];
    if (isHeld) this.held.noteDiscarded(attempt, this.#discarded.length - 1);
    if (reason !== undefined) this.#reasons.push(reason);
  }

  /** The turn's last event; `undefined` before any attempt has ended. */
  lastEvent(): TurnEvent | undefined {
    if (this.#last === undefined) return undefined;
    const { attempt, end } = this.#last;
    const failure = this.#turn.signal.aborted ? stopped(end) : end.failure;
    if (end.reservation === "released") {
      const problem = describeFailure(attempt, failure ?? stopped(end));
      return { type: "turn-failed", problem, waybill: this.held.lastWaybill() };
    }
    const waybill = this.held.show(attempt, writeWaybill(attempt, end.ending));
    if (end.reservation === "settled") return { type: "turn-end", waybill, problem: end.ledgerProblem };
    const isStopped = end.ending.finish === "stopped";
    const problem = failure === undefined || isStopped ? undefined : describeFailure(attempt, failure);
    if (problem !== undefined && !attempt.progress.hasText) return { type: "turn-failed", problem, waybill };
    return { type: "turn-end", waybill, problem };
  }

  #plan(attempt: Attempt, failure: WaybillError): NextStep | undefined {
    const [first, ...others] = this.#failed;
    if (first === undefined) return undefined;
    const { services, startedAtMs, promptTokens } = this.#turn;
    const nowMs = services.now();
    const plan = planNextAttempt({
      failed: [first, ...others],
      standIns: this.#healthyStandIns(),
      startedAtMs,
      nowMs,
      jitter: services.random(),
    });
    return toNextStep(plan, { from: attempt.choice, failure, promptTokens, nowMs });
  }

  /** What the person asked for by name is asked, however often it failed. */
  #avoidedProviders(): readonly string[] {
    if (!this.#avoidsProviders) return [];
    const { services, policy } = this.#turn;
    const { only = [], order = [] } = policy.provider;
    return services.health.openProviders(services.now()).filter((slug) => ![...only, ...order].includes(slug));
  }

  #healthyStandIns(): readonly ModelChoice[] {
    const { decision, services } = this.#turn;
    const nowMs = services.now();
    return decision.standIns.filter(
      ({ model }) => !this.#asked.has(model.id) && services.health.openUntilMs(model.id, nowMs) === undefined,
    );
  }

  /** What the gateway may take instead, at no higher price and with as long an answer as is asked for. */
  #gatewayFallbacks(choice: ModelChoice): readonly ModelChoice[] {
    return this.#healthyStandIns()
      .filter(({ model }) => model.id !== choice.model.id)
      .filter(({ ceiling }) => isWithin(ceiling, choice.ceiling))
      .filter(({ maxCompletionTokens }) => maxCompletionTokens >= choice.maxCompletionTokens)
      .slice(0, this.#turn.services.gateway.maxFallbackModels);
  }

  #noteHealth({ choice, progress }: Attempt, { failure }: AttemptEnd): void {
    const { health, now } = this.#turn.services;
    const party = { modelId: choice.model.id, provider: failure?.provider ?? progress.provider };
    if (failure === undefined) health.noteSuccess(party);
    else health.noteFailure(party, failure, now());
  }
}

/** Stopped while the turn was waiting to try again. */
function stopped({ reservation }: AttemptEnd): WaybillError {
  return new WaybillError("aborted", "Stopped", { isUncharged: reservation === "released" });
}
