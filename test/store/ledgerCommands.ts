import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import {
  type Command,
  type Model,
  type Real,
  type Told,
  compare,
  dayOf,
  elsewhere,
  leftAtGateway,
  limitsOf,
  sumSince,
} from "./ledgerModel.ts";
import { reservation, settleCutShort, waybillOf } from "./storeFolder.ts";

export const HOUR_MS = 60 * 60 * 1000;
const LEASE_MS = 11 * 60 * 1000;
const KEY = { gatewayOrigin: "https://openrouter.ai", keyLabel: "default" };

export class Reserve implements Command {
  readonly #amount: number;
  constructor(amount: number) {
    this.#amount = amount;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    const [day, month] = [sumSince(model, "day"), sumSince(model, "month")];
    const fits =
      day.spent + elsewhere(model, "day") + day.reserved + this.#amount <= model.dayLimit &&
      month.spent + month.reserved + this.#amount <= model.monthLimit &&
      this.#amount <= leftAtGateway(model);
    const id = randomUUID();
    const { kind } = await real.ledger.reserve(
      reservation(toNanoUsd(this.#amount), { reservationId: id, limits: limitsOf(model), nowMs: model.nowMs }),
    );
    const isNothing = this.#amount === 0;
    assert.equal(kind, fits || isNothing ? "reserved" : "over-limit");
    if (kind === "reserved") {
      model.latestDay = dayOf(model);
      model.requests.push({
        id,
        day: model.latestDay,
        amount: this.#amount,
        cost: undefined,
        isCertain: false,
        missing: 0,
        leaseUntilMs: model.nowMs + LEASE_MS,
      });
    }
    await compare(model, real);
  }
  toString(): string {
    return `reserve ${this.#amount}`;
  }
}

/** Settles any request, also one that was settled, recovered or released before. */
export class Settle implements Command {
  readonly #fields: { readonly which: number; readonly cost: number; readonly isCertain: boolean };
  constructor(fields: { readonly which: number; readonly cost: number; readonly isCertain: boolean }) {
    this.#fields = fields;
  }
  check({ requests }: Readonly<Model>): boolean {
    return requests.length > 0;
  }
  async run(model: Model, real: Real): Promise<void> {
    const { which, cost, isCertain } = this.#fields;
    const request = model.requests[which % model.requests.length];
    assert.ok(request !== undefined);
    const costSource = isCertain ? "billed" : "estimated";
    await real.ledger.settle(request.id, waybillOf(toNanoUsd(cost), { costSource }));
    if (!request.isCertain) {
      request.cost = cost;
      request.isCertain = isCertain;
      request.missing = 0;
    }
    await compare(model, real);
  }
  toString(): string {
    const { which, cost, isCertain } = this.#fields;
    return `settle #${which} at ${cost}${isCertain ? "" : " (estimated)"}`;
  }
}

/** The gateway says what it counted, and what is left of its own limit. */
export class Tell implements Command {
  readonly #fields: Pick<Told, "used" | "remaining" | "limitPeriod">;
  constructor(fields: Pick<Told, "used" | "remaining" | "limitPeriod">) {
    this.#fields = fields;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    const { used, remaining, limitPeriod } = this.#fields;
    const standings = await real.ledger.keyStandings();
    const books = await standings.books(KEY, model.nowMs);
    const amounts = { day: toNanoUsd(used.day), week: toNanoUsd(used.week), month: toNanoUsd(used.month) };
    const told = { limit: toNanoUsd(1_000), remaining: toNanoUsd(remaining), limitPeriod, used: amounts };
    await standings.note(KEY, told, books);
    const settled = model.requests.filter(({ cost }) => cost !== undefined);
    model.told = { ...this.#fields, atMs: model.nowMs, settled };
    await compare(model, real);
  }
  toString(): string {
    return `tell ${JSON.stringify(this.#fields)}`;
  }
}

export class Release implements Command {
  readonly #which: number;
  constructor(which: number) {
    this.#which = which;
  }
  check({ requests }: Readonly<Model>): boolean {
    return requests.some(({ cost }) => cost === undefined);
  }
  async run(model: Model, real: Real): Promise<void> {
    const open = model.requests.filter(({ cost }) => cost === undefined);
    const request = open[this.#which % open.length];
    assert.ok(request !== undefined);
    await real.ledger.release(request.id);
    request.cost = 0;
    request.isCertain = true;
    await compare(model, real);
  }
  toString(): string {
    return `release #${this.#which}`;
  }
}

/** The window dies; another opens the ledger. */
export class Crash implements Command {
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    real.ledger.close();
    real.ledger = await real.folder.openLedger(model.nowMs);
    assert.equal(real.ledger.repair, undefined);
    await compare(model, real);
  }
  toString(): string {
    return "crash";
  }
}

/** The window dies in the middle of a settlement, and another one goes on. */
export class DieSettling implements Command {
  readonly #fields: { readonly which: number; readonly cost: number };
  constructor(fields: { readonly which: number; readonly cost: number }) {
    this.#fields = fields;
  }
  check({ requests }: Readonly<Model>): boolean {
    return requests.some(({ cost }) => cost === undefined);
  }
  async run(model: Model, real: Real): Promise<void> {
    const { which, cost } = this.#fields;
    const open = model.requests.filter((request) => request.cost === undefined);
    const request = open[which % open.length];
    assert.ok(request !== undefined);
    await settleCutShort(real.folder, request.id, waybillOf(toNanoUsd(cost), { startedAtMs: model.nowMs }));
    request.cost = cost;
    await new Crash().run(model, real);
  }
  toString(): string {
    return `die settling #${this.#fields.which} at ${this.#fields.cost}`;
  }
}

/** The window dies while it corrects a cost that is not certain. */
export class DieCorrecting implements Command {
  readonly #fields: { readonly which: number; readonly cost: number };
  constructor(fields: { readonly which: number; readonly cost: number }) {
    this.#fields = fields;
  }
  check({ requests }: Readonly<Model>): boolean {
    return requests.some(({ cost, isCertain }) => cost !== undefined && !isCertain);
  }
  async run(model: Model, real: Real): Promise<void> {
    const { which, cost } = this.#fields;
    const uncertain = model.requests.filter((request) => request.cost !== undefined && !request.isCertain);
    const request = uncertain[which % uncertain.length];
    assert.ok(request?.cost !== undefined);
    await settleCutShort(real.folder, request.id, waybillOf(toNanoUsd(cost), { startedAtMs: model.nowMs }));
    // It is still not certain, so the higher one counts.
    request.missing = Math.max(0, request.cost - cost);
    request.cost = Math.max(request.cost, cost);
    await new Crash().run(model, real);
  }
  toString(): string {
    return `die correcting #${this.#fields.which} to ${this.#fields.cost}`;
  }
}

export class GoToOtherWindow implements Command {
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    [real.ledger, real.other] = [real.other, real.ledger];
    await compare(model, real);
  }
  toString(): string {
    return "the other window";
  }
}

export class Recover implements Command {
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    const lost = model.requests.filter(({ cost, leaseUntilMs }) => cost === undefined && leaseUntilMs < model.nowMs);
    assert.equal(await real.ledger.recoverOrphans(model.nowMs + HOUR_MS / 60), lost.length);
    for (const request of lost) request.cost = request.amount;
    await compare(model, real);
  }
  toString(): string {
    return "recover";
  }
}

export class MoveClock implements Command {
  readonly #byMs: number;
  constructor(byMs: number) {
    this.#byMs = byMs;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    model.nowMs += this.#byMs;
    await compare(model, real);
  }
  toString(): string {
    return `clock ${this.#byMs / HOUR_MS} h`;
  }
}

export class SetLimits implements Command {
  readonly #limits: readonly [number, number];
  constructor(limits: readonly [number, number]) {
    this.#limits = limits;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model): Promise<void> {
    [model.dayLimit, model.monthLimit] = this.#limits;
  }
  toString(): string {
    return `limits ${this.#limits.join(" ")}`;
  }
}
