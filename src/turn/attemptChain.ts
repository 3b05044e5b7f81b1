import { WaybillError } from "../core/errors/waybillError.ts";
import { type NanoUsd, ZERO_USD, addUsd } from "../core/money/nanoUsd.ts";
import { type FailedAttempt, planNextAttempt } from "../core/retry/planNextAttempt.ts";
import { type CarriedLesson, carryLesson } from "../core/routing/carryLesson.ts";
import { isWithinClimbBudget } from "../core/routing/climbMoney.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import { priceChoice } from "../core/routing/priceChoice.ts";
import { isWithin, standInsFor } from "../core/routing/standIns.ts";
import { isSameModel } from "../core/waybill/answeringModel.ts";
import type { DiscardedAttempt } from "../core/waybill/waybill.ts";
import { AnswerProgress } from "./answerProgress.ts";
import { type Attempt, generationOf } from "./attempt.ts";
import { describeFailure } from "./describeFailure.ts";
import { HeldAttempt } from "./heldAttempt.ts";
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

/** The next rung, after an answer that did not do. */
export interface ClimbStep {
  /** Words that follow `The answer`. */
  readonly lesson: string;
  readonly because: string;
  readonly carried: CarriedLesson;
}

/** The attempts of one turn. Mutable: it grows while the turn goes on. */
export class AttemptChain {
  readonly held: HeldAttempt;
  readonly #turn: RoutedTurn;
  /** Attempts on this rung that failed before their first token, for the plan. */
  #failed: FailedAttempt[] = [];
  /** When the first attempt on this rung was planned. */
  #rungStartedAtMs: number;
  /** Rungs that were climbed to, the passed-over ones included. */
  #climbed = 0;
  /** Models that may stand in on this rung. */
  #standIns: readonly ModelChoice[];
  /** What is asked. */
  #prompt: Pick<Attempt, "messages" | "promptTokensOf">;
  /** What the attempts cost, or may have cost. */
  #spent = ZERO_USD;
  /** What the surface is told before the next attempt begins. */
  #announced: readonly TurnEvent[] = [];
  /** Why the turn did not climb, for the waybill. */
  readonly #stayed: string[] = [];
  /** Attempts that were followed by another, for the waybill. */
  #discarded: readonly DiscardedAttempt[] = [];
  /** Models that were asked, by us or by the gateway as fallbacks. */
  readonly #asked = new Set<string>();
  /** Why the next attempt is not simply what was routed, one line a step. */
  readonly #reasons: string[] = [];
  /** The routed model keeps failing, so others come before it. */
  #isAvoided = false;
  /** Off once it left no provider: the price ceiling may allow only the one that fails. */
  #avoidsProviders = true;
  #last: EndedAttempt | undefined;

  constructor(turn: RoutedTurn) {
    this.#turn = turn;
    this.held = new HeldAttempt();
    const { decision, rejected, messages, policy, promptTokensOf, services, startedAtMs, tokens } = turn;
    this.#rungStartedAtMs = startedAtMs;
    this.#standIns = decision.standIns;
    this.#prompt = { messages, promptTokensOf };
    if (rejected === undefined) return;
    const { maxCompletionTokens } = policy;
    const asked = {
      choice: decision.choice,
      messages,
      maxCompletionTokens,
      nowMs: services.now(),
      tokens,
    };
    const carried = carryLesson(rejected, asked);
    this.#prompt = { messages: carried.messages, promptTokensOf: carried.promptTokensOf };
    this.#reasons.push(carried.reason);
  }

  /** What the turn has cost so far; what is not known yet counts with its worst case. */
  get spent(): NanoUsd {
    return this.#spent;
  }

  /** The routed model and cheaper ones; while it fails again and again, those that may stand in come first. */
  firstChoices(): readonly ModelChoice[] {
    const { decision, services } = this.#turn;
    const { choice: routed, cheaper, free } = decision;
    const openUntilMs = services.health.openUntilMs(routed.model.id, services.now());
    const healthy = openUntilMs === undefined ? [] : this.#healthyStandIns();
    if (openUntilMs === undefined || healthy.length === 0) return [routed, ...cheaper, ...free];
    const until = services.formatTime(openUntilMs);
    this.#isAvoided = true;
    this.#reasons.push(`${routed.model.name} failed several times in a row and is not asked until ${until}.`);
    return [...healthy, routed, ...cheaper, ...free];
  }

  begin({ choice, reservationId }: Extract<TurnReservation, { kind: "reserved" }>): Attempt {
    const { decision } = this.#turn;
    if (this.#last === undefined) this.#noteBudget(choice);
    const gatewayFallbacks = this.#gatewayFallbacks(choice);
    for (const { model } of [choice, ...gatewayFallbacks]) this.#asked.add(model.id);
    return {
      turn: this.#turn,
      reservationId,
      choice,
      ...this.#prompt,
      gatewayFallbacks,
      avoidedProviders: this.#avoidedProviders(),
      reasons: [...decision.explanation.reasons, ...this.#reasons],
      discarded: this.#discarded,
      progress: new AnswerProgress(),
    };
  }

  /** What to tell before an attempt begins; once. */
  takeAnnouncements(): readonly TurnEvent[] {
    const announced = this.#announced;
    this.#announced = [];
    return announced;
  }

  /** The next rung of the ladder that is not avoided now. */
  nextRung(): ModelChoice | undefined {
    const { decision, services } = this.#turn;
    const rungs = decision.stronger.slice(this.#climbed);
    const place = rungs.findIndex(({ model }) => this.#mayClimbTo(model.id, services.now()));
    if (place < 0) return undefined;
    this.#climbed += place + 1;
    return rungs[place];
  }

  /** The turn keeps the answer it has. */
  stay(reason: string): undefined {
    this.#stayed.push(reason);
  }

  /** The attempt that ended last gave an answer that did not do, and the next rung is reserved. */
  climb({ lesson, because, carried }: ClimbStep): void {
    if (this.#last === undefined) return;
    const { attempt, end } = this.#last;
    const { choice } = carried;
    const waybill = writeWaybill(attempt, end.ending);
    const { askedModel, askedModelName, cost, costSource, heldAtMost } = waybill;
    const entry = { askedModel, askedModelName, failure: "rejected", lesson, costSource, cost, waitedMs: 0 } as const;
    const past = heldAtMost === undefined ? {} : { heldAtMost };
    this.#discarded = [...this.#discarded, { ...entry, ...past, ...generationOf(attempt) }];
    this.#reasons.push(`${because}, so ${choice.model.name} was asked.`, carried.reason);
    this.#announced = [{ type: "climb", from: attempt.choice, choice, because, waybill }];
    this.#prompt = { messages: carried.messages, promptTokensOf: carried.promptTokensOf };
    this.#failed = [];
    this.#rungStartedAtMs = this.#turn.services.now();
    this.#standIns = this.#standInsAbove(attempt.choice, carried);
  }

  /** Takes down how an attempt ended and answers what to do next; `undefined` when the turn is over. */
  noteEnd(attempt: Attempt, end: AttemptEnd): NextStep | undefined {
    this.#last = { attempt, end };
    if (end.reservation === "held") this.held.keep(attempt, end.ending);
    this.#noteHealth(attempt, end);
    this.#spent = addUsd(this.#spent, spentOn(attempt, end));
    const next = this.#nextAfter(attempt, end);
    return next === undefined || this.#mayStillSpend(next.choice) ? next : undefined;
  }

  #nextAfter(attempt: Attempt, end: AttemptEnd): NextStep | undefined {
    const { failure } = end;
    const hasBegun = attempt.progress.firstTokenAtMs !== undefined;
    // What may have been billed is not sent again unasked (docs/decisions).
    const mayHaveCost = end.reservation !== "released";
    if (failure === undefined || failure.code === "aborted" || hasBegun || mayHaveCost) return undefined;
    if (failure.code === "no-endpoint" && attempt.avoidedProviders.length > 0) {
      this.#avoidsProviders = false;
      return askAnyProvider(attempt.choice);
    }
    this.#failed.push({ choice: attempt.choice, error: failure });
    return this.#plan(attempt, failure);
  }

  /** The attempt that ended last, and cost nothing, is followed by another. */
  discard({ reason, waitMs }: NextStep): void {
    if (this.#last === undefined) return;
    const { attempt, end } = this.#last;
    const { model } = attempt.choice;
    this.#discarded = [
      ...this.#discarded,
      {
        askedModel: model.id,
        askedModelName: model.name,
        failure: end.failure?.code ?? "internal",
        costSource: "nothing",
        cost: ZERO_USD,
        waitedMs: waitMs,
        ...generationOf(attempt),
      },
    ];
    if (reason !== undefined) this.#reasons.push(reason);
  }

  /** The turn's last event; `undefined` before any attempt has ended. */
  lastEvent(): TurnEvent | undefined {
    if (this.#last === undefined) return undefined;
    const { attempt, end } = this.#last;
    const failure = this.#turn.signal.aborted ? stopped(end) : end.failure;
    if (end.reservation === "released") {
      const problem = describeFailure(attempt, failure ?? stopped(end));
      return { type: "turn-failed", problem, waybill: undefined };
    }
    const written = writeWaybill(attempt, end.ending);
    const waybill = this.held.show({ ...written, reasons: [...written.reasons, ...this.#stayed] });
    if (end.reservation === "settled") return { type: "turn-end", waybill, problem: end.ledgerProblem };
    const isStopped = end.ending.finish === "stopped";
    const problem = failure === undefined || isStopped ? undefined : describeFailure(attempt, failure);
    if (problem !== undefined && !attempt.progress.hasText) return { type: "turn-failed", problem, waybill };
    return { type: "turn-end", waybill, problem };
  }

  #plan(attempt: Attempt, failure: WaybillError): NextStep | undefined {
    const [first, ...others] = this.#failed;
    if (first === undefined) return undefined;
    const { services } = this.#turn;
    const nowMs = services.now();
    const plan = planNextAttempt({
      failed: [first, ...others],
      standIns: this.#healthyStandIns(),
      startedAtMs: this.#rungStartedAtMs,
      nowMs,
      jitter: services.random(),
    });
    const prompt = attempt.promptTokensOf(attempt.choice.model);
    return toNextStep(plan, { from: attempt.choice, failure, prompt, nowMs });
  }

  /** What the person asked for by name is asked, however often it failed. */
  #avoidedProviders(): readonly string[] {
    if (!this.#avoidsProviders) return [];
    const { services, policy } = this.#turn;
    const { only = [], order = [] } = policy.provider;
    return services.health.openProviders(services.now()).filter((slug) => ![...only, ...order].includes(slug));
  }

  #healthyStandIns(): readonly ModelChoice[] {
    const { services } = this.#turn;
    const nowMs = services.now();
    return this.#standIns.filter(
      ({ model }) => !this.#asked.has(model.id) && services.health.openUntilMs(model.id, nowMs) === undefined,
    );
  }

  /** What the gateway may take instead: at no higher price, with as long an answer, and never for more than is held. */
  #gatewayFallbacks(choice: ModelChoice): readonly ModelChoice[] {
    return this.#healthyStandIns()
      .filter(({ model }) => model.id !== choice.model.id)
      .filter(({ ceiling }) => isWithin(ceiling, choice.ceiling))
      .filter(({ worstCase }) => worstCase <= choice.worstCase)
      .filter(({ maxCompletionTokens }) => maxCompletionTokens >= choice.maxCompletionTokens)
      .slice(0, this.#turn.services.gateway.maxFallbackModels);
  }

  /** The first model is not the routed one, nor one that came before it because it keeps failing. */
  #noteBudget(choice: ModelChoice): void {
    const { choice: routed, free } = this.#turn.decision;
    const { name } = choice.model;
    if (free.includes(choice)) {
      this.#standIns = free;
      this.#reasons.push(`The budget left pays for no model, so ${name} was taken, which is free of charge.`);
    } else if (choice !== routed && !this.#isAvoided) {
      this.#reasons.push(`The budget left is too small for ${routed.model.name}, so ${name} was taken.`);
    }
  }

  #mayClimbTo(modelId: string, nowMs: number): boolean {
    const attempt = this.#last?.attempt;
    const answered = [attempt?.choice.model.id, attempt?.progress.servedModel].filter((id) => id !== undefined);
    const isAvoided = this.#turn.services.health.openUntilMs(modelId, nowMs) !== undefined;
    return !isAvoided && answered.every((id) => !isSameModel(modelId, id));
  }

  /** Once a turn climbs, everything it tries must fit into what one turn may spend. */
  #mayStillSpend(choice: ModelChoice): boolean {
    if (this.#discarded.every(({ failure }) => failure !== "rejected")) return true;
    return isWithinClimbBudget(choice, { spent: this.#spent, budget: this.#turn.policy.climbBudget });
  }

  /** Who may stand in for the next rung: stronger than the one that answered, and priced with what goes along. */
  #standInsAbove(
    { quality: answered }: ModelChoice,
    { choice, promptTokensOf }: CarriedLesson,
  ): readonly ModelChoice[] {
    const { decision, policy, services } = this.#turn;
    const { maxCompletionTokens } = policy;
    const nowMs = services.now();
    const stronger = decision.explanation.candidates
      .filter(({ quality }) => (quality ?? 0) > (answered ?? 0))
      .filter(({ model }) => model.contextTokens >= promptTokensOf(model).atMost + maxCompletionTokens)
      .map((candidate) => {
        const { atMost, expected } = promptTokensOf(candidate.model);
        const size = { promptTokens: atMost, expectedPromptTokens: expected, maxCompletionTokens, nowMs };
        return priceChoice(candidate.model, candidate, size);
      });
    return standInsFor(choice, stronger, policy);
  }

  #noteHealth({ choice, progress }: Attempt, { failure }: AttemptEnd): void {
    const { health, now } = this.#turn.services;
    const party = { modelId: choice.model.id, provider: failure?.provider ?? progress.provider };
    if (failure === undefined) health.noteSuccess(party);
    else health.noteFailure(party, failure, now());
  }
}

function spentOn(attempt: Attempt, { reservation, ending }: AttemptEnd): NanoUsd {
  switch (reservation) {
    case "settled":
      return writeWaybill(attempt, ending).cost;
    case "held":
      return attempt.choice.worstCase;
    case "released":
      return ZERO_USD;
  }
}

/** Stopped while the turn was waiting to try again. */
function stopped({ reservation }: AttemptEnd): WaybillError {
  return new WaybillError("aborted", "Stopped", { isUncharged: reservation === "released" });
}
