import { AnswerTokens } from "../core/budget/answerTokens.ts";
import { priceTokens } from "../core/budget/priceTokens.ts";
import { type NanoUsd, ZERO_USD, addUsd, sumUsd } from "../core/money/nanoUsd.ts";
import type { TurnEvent } from "./turnEvent.ts";

/** What the turns under way have cost so far, by the tokens that were counted. */
export interface LiveCost {
  readonly cost: NanoUsd;
  readonly turns: number;
  /** Of the turn that was heard of last. */
  readonly modelName: string | undefined;
}

/** Answers follow each other within milliseconds; nobody reads faster than this. */
const REPORT_PERIOD_MS = 250;

/** Sums the turns that run. Has no timer: it reports while they speak, and `undefined` when the last one ends. */
export class LiveCosts {
  readonly #report: (live: LiveCost | undefined) => void;
  readonly #now: () => number;
  readonly #turns = new Set<LiveTurn>();
  #reportedAtMs = 0;

  constructor(report: (live: LiveCost | undefined) => void, now: () => number) {
    this.#report = report;
    this.#now = now;
  }

  begin(): LiveTurn {
    const turn = new LiveTurn();
    this.#turns.add(turn);
    return turn;
  }

  note(turn: LiveTurn, event: TurnEvent): void {
    if (!this.#turns.has(turn)) return;
    turn.note(event);
    switch (event.type) {
      case "text-delta":
      case "reasoning-delta":
        if (this.#now() - this.#reportedAtMs < REPORT_PERIOD_MS) return;
        return this.#tell(turn);
      case "turn-end":
      case "turn-refused":
      case "turn-failed":
        return this.end(turn);
      default:
        return this.#tell(turn);
    }
  }

  /** Also for a turn that nobody reads to its end. */
  end(turn: LiveTurn): void {
    if (!this.#turns.delete(turn)) return;
    const [other] = this.#turns;
    if (other === undefined) this.#report(undefined);
    else this.#tell(other);
  }

  #tell({ modelName }: LiveTurn): void {
    this.#reportedAtMs = this.#now();
    const turns = [...this.#turns];
    this.#report({ cost: sumUsd(turns.map((turn) => turn.cost())), turns: turns.length, modelName });
  }
}

/** One turn: the attempt under way, and what answers that did not do have cost before. */
export class LiveTurn {
  #before: NanoUsd = ZERO_USD;
  #attempt:
    | { readonly start: Extract<TurnEvent, { type: "attempt-start" }>; readonly tokens: AnswerTokens }
    | undefined;

  get modelName(): string | undefined {
    return this.#attempt?.start.choice.model.name;
  }

  note(event: TurnEvent): void {
    if (event.type === "attempt-start") this.#attempt = { start: event, tokens: new AnswerTokens() };
    if (event.type === "text-delta" || event.type === "reasoning-delta") this.#attempt?.tokens.add(event.text);
    if (event.type !== "climb") return;
    this.#before = addUsd(this.#before, event.waybill.cost);
    this.#attempt = undefined;
  }

  /** Nothing before the first token: until then nothing has to be paid. */
  cost(): NanoUsd {
    if (this.#attempt === undefined) return this.#before;
    const { start, tokens } = this.#attempt;
    const completionTokens = tokens.expected;
    if (completionTokens === 0) return this.#before;
    const { promptTokens, choice } = start;
    return addUsd(this.#before, priceTokens(choice.ceiling, { promptTokens, completionTokens }, "nearest"));
  }
}
