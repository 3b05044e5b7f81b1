import type { PresentedSpend } from "../../../core/budget/presentSpend.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { LiveCost } from "../../../turn/liveCost.ts";

/** What the status bar's item can show. */
export interface StatusParts {
  /** Of the last answer. */
  readonly last: { readonly model: string; readonly cost: string } | undefined;
  readonly spend: PresentedSpend | undefined;
  /** What runs now, estimated. */
  readonly live: LiveCost | undefined;
  /** The highest percentage of `alertAt` that a limit has reached. */
  readonly level: number | undefined;
  /** Ascending. */
  readonly alertAt: readonly number[];
}

export interface PresentedStatus {
  readonly text: string;
  /** The same for a screen reader: without icons, and with what colours say. */
  readonly label: string;
  readonly tone: "error" | "warning" | undefined;
}

const BAR_CELLS = 10;
const USED_UP = 100;

export function presentStatus(parts: StatusParts): PresentedStatus {
  const { last, spend, live } = parts;
  const tone = toneOf(parts);
  const shown = live === undefined ? lastTexts(last) : [liveName(live), ...liveCost(live)];
  return {
    text: `${iconOf(live, tone)} ${[...shown, ...(spend === undefined ? [] : [spend.text])].join(" · ")}`,
    label: [spokenFirst(parts), ...(spend === undefined ? [] : [spend.text]), ...spokenTone(tone)].join(", "),
    tone,
  };
}

/** For instance `██░░░░░░░░ 20 %`. What is used shows at least one cell, and only all of it fills the bar. */
export function shareBar(share: number): string {
  const cells = share >= 1 ? BAR_CELLS : Math.min(BAR_CELLS - 1, Math.ceil(share * BAR_CELLS));
  return `${"█".repeat(cells)}${"░".repeat(BAR_CELLS - cells)} ${describeShare(share)}`;
}

function describeShare(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  return `${Math.floor(share * 100)} %`;
}

/** The last percentage before all of it warns; the ones before that only tell once, or half a day would be coloured. */
function toneOf({ level, alertAt }: StatusParts): PresentedStatus["tone"] {
  if (level === undefined) return undefined;
  if (level >= USED_UP) return "error";
  return level === alertAt.findLast((percent) => percent < USED_UP) ? "warning" : undefined;
}

function lastTexts(last: StatusParts["last"]): readonly string[] {
  return last === undefined ? ["Waybill"] : [last.model, last.cost];
}

function liveName({ turns, modelName }: LiveCost): string {
  return turns > 1 ? `${turns} answers` : (modelName ?? "Waybill");
}

/** Nothing before the first token. */
function liveCost({ cost }: LiveCost): readonly string[] {
  return cost === 0 ? [] : [`~${formatUsd(cost)}`];
}

/** Themes of high contrast have no colours for it, so the icon says it, too. */
function iconOf(live: LiveCost | undefined, tone: PresentedStatus["tone"]): string {
  if (live !== undefined) return "$(loading~spin)";
  return `$(${tone ?? "tag"})`;
}

function spokenFirst({ last, live }: StatusParts): string {
  if (live !== undefined) return `Waybill: ${liveName(live)} at work, about ${formatUsd(live.cost)} so far`;
  return last === undefined ? "Waybill" : `Waybill: ${last.model} served the last answer, ${last.cost}`;
}

function spokenTone(tone: PresentedStatus["tone"]): readonly string[] {
  if (tone === undefined) return [];
  return [tone === "error" ? "a budget is used up" : "a budget is nearly used up"];
}
