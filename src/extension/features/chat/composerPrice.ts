import { type UnconfirmedCost, mustAsk } from "../../../core/budget/askRule.ts";
import { presentPrice } from "../../../core/budget/presentPrice.ts";
import { askBeforeSending } from "../../../core/problems/describeAsk.ts";
import type { ChatChange, SendAnswer } from "../../../protocol/chatMessages.ts";
import type { RoutedRequest } from "../../../turn/routeTurn.ts";
import type { RoutingOrder } from "../../platform/engine.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import type { Settings } from "../../platform/readSettings.ts";

export interface ComposerPricePorts {
  /** What would be asked if the draft were sent now; `undefined` for an empty one, and while nobody sees it. */
  readonly draftOrder: () => Promise<RoutingOrder | undefined>;
  /** Routes by what is known already; `undefined` without a model list. */
  readonly routeKnown: (order: RoutingOrder) => Promise<RoutedRequest | undefined>;
  readonly gatewayHost: () => Promise<string>;
  readonly settings: () => Pick<Settings, "onExceed" | "askAbove">;
  /** What the answer to a question about money allows. */
  readonly pass: (action: SendAnswer, asked: UnconfirmedCost) => Promise<BudgetLeave>;
  readonly emit: (change: ChatChange) => void;
  readonly nowMs: () => number;
}

type PriceChange = Extract<ChatChange, { kind: "price-changed" }>;

const NO_PRICE: PriceChange = { kind: "price-changed" };

/** A draft is not priced more often than this. */
const PRICE_PERIOD_MS = 300;

/**
 * Tells the view what sending the draft would cost, and asks before a dear question is sent. Routes on a change only, one
 * draft at a time; what it found for an older draft is dropped. Nothing is sent, and nothing is asked of the gateway.
 */
export class ComposerPrice {
  readonly #ports: ComposerPricePorts;
  readonly #periodMs: number;
  /** Grows with every change of the draft, so that a price of an older one is known as such. */
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPricing = false;
  #pricedAtMs = -Infinity;
  /** The view shows a price. */
  #isShown = false;
  /** The question that the person was asked about and has not answered. */
  #asked: { readonly about: string; readonly cost: UnconfirmedCost } | undefined;

  constructor(ports: ComposerPricePorts, periodMs = PRICE_PERIOD_MS) {
    this.#ports = ports;
    this.#periodMs = periodMs;
  }

  /** The draft has changed, or what goes along with it. */
  noteDraft(): void {
    this.#version += 1;
    this.#schedule();
  }

  /** The view was told everything anew, and a price is no part of that. */
  noteSnapshot(): void {
    this.#isShown = false;
    this.noteDraft();
  }

  /**
   * What a question may do that is to be sent: nothing special, or what the person has just answered. `undefined` when they
   * are asked first. Where it cannot be priced here, the turn itself asks.
   */
  async leaveToSend(order: RoutingOrder, answer: SendAnswer | undefined): Promise<BudgetLeave | undefined> {
    const about = JSON.stringify(order.messages);
    const asked = this.#asked;
    this.#asked = undefined;
    if (answer !== undefined && asked?.about === about) {
      this.#ports.emit({ kind: "ask-changed" });
      return this.#ports.pass(answer, asked.cost);
    }
    const routed = await this.#ports.routeKnown(order).catch(() => undefined);
    const { askAbove } = this.#ports.settings();
    if (routed?.decision.kind !== "route" || askAbove === undefined) return {};
    const { choice } = routed.decision;
    const needed = choice.worstCase;
    if (!mustAsk({ askAbove }, needed)) return {};
    const { strongerThan } = order;
    const { problem, exceeded } = askBeforeSending(routed.decision, { choice, needed, askAbove, strongerThan });
    this.#asked = { about, cost: exceeded };
    this.#ports.emit({ kind: "ask-changed", ask: problem });
    return undefined;
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#isPricing) return;
    // A clock that was set back must not hold the price up.
    const waitMs = Math.min(this.#periodMs, Math.max(0, this.#pricedAtMs + this.#periodMs - this.#ports.nowMs()));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#price();
    }, waitMs);
  }

  async #price(): Promise<void> {
    const version = this.#version;
    this.#isPricing = true;
    this.#pricedAtMs = this.#ports.nowMs();
    // Whatever is wrong with the settings or the ledger is told of by the turn.
    const change = await this.#presentDraft().catch(() => NO_PRICE);
    this.#isPricing = false;
    if (version !== this.#version) return this.#schedule();
    if (!this.#isShown && change.price === undefined) return;
    this.#isShown = change.price !== undefined;
    this.#ports.emit(change);
  }

  async #presentDraft(): Promise<PriceChange> {
    const order = await this.#ports.draftOrder();
    const routed = order === undefined ? undefined : await this.#ports.routeKnown(order);
    if (order === undefined || routed === undefined) return NO_PRICE;
    const price = presentPrice(routed, {
      onExceed: this.#ports.settings().onExceed,
      warm: order.warm,
      gatewayHost: await this.#ports.gatewayHost(),
      nowMs: this.#ports.nowMs(),
    });
    return { kind: "price-changed", price };
  }
}
