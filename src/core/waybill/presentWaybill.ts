import { isSameModel } from "./answeringModel.ts";
import { turnCost } from "./turnCost.ts";
import { billsOnAfterStop } from "./billsOnAfterStop.ts";
import { formatExactUsd, formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import { describeDemand } from "../privacy/privacyObstacle.ts";
import { describeCause } from "../problems/describeCause.ts";
import { groupDigits } from "../text/groupDigits.ts";
import type { CostSource, DiscardedAttempt, TokenUsage, TurnFinish, Waybill, WaybillPrivacy } from "./waybill.ts";

/** A waybill as lines of text. The same words in the chat, the status bar and a copied receipt. */
export interface PresentedWaybill {
  readonly model: string;
  readonly provider?: string;
  readonly cost: string;
  readonly costSource: CostSource;
  readonly tokens: string;
  readonly time: string;
  readonly alarm?: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly reasons: readonly string[];
}

export function presentWaybill(waybill: Waybill): PresentedWaybill {
  const alarm = describeAlarms(waybill);
  return {
    model: waybill.servedModelName ?? waybill.askedModelName,
    ...(waybill.provider === undefined ? {} : { provider: waybill.provider }),
    cost: describeCost(waybill),
    costSource: waybill.costSource,
    tokens: describeTokens(waybill),
    time: formatSeconds(waybill.totalMs),
    ...(alarm === undefined ? {} : { alarm }),
    rows: describeRows(waybill),
    reasons: waybill.reasons,
  };
}

function describeCost(waybill: Waybill): string {
  switch (waybill.costSource) {
    case "billed":
    case "reconciled":
      return formatUsd(waybill.cost);
    case "estimated":
      return `about ${formatUsd(waybill.cost)}`;
    case "unknown":
      return "cost unknown";
  }
}

export function describeTokens({ usage }: Pick<Waybill, "usage">): string {
  if (usage === undefined) return "tokens unknown";
  return `${groupDigits(usage.promptTokens)} in · ${groupDigits(usage.completionTokens)} out`;
}

function describeRows(waybill: Waybill): { label: string; value: string }[] {
  const { usage } = waybill;
  const rows = [
    { label: "Asked for", value: waybill.askedModel },
    { label: "Served by", value: waybill.servedModel ?? "nobody" },
    { label: "Provider", value: waybill.provider ?? "not reported" },
    ...(waybill.privacy === undefined ? [] : [{ label: "Privacy", value: describePrivacy(waybill, waybill.privacy) }]),
    { label: "Task", value: waybill.taskType },
    { label: "Cost", value: describeExactCost(waybill) },
  ];
  if (usage !== undefined) rows.push(...describeUsage(usage));
  rows.push({
    label: "First token",
    value: waybill.firstTokenMs === undefined ? "none came" : formatSeconds(waybill.firstTokenMs),
  });
  rows.push({ label: "Total time", value: formatSeconds(waybill.totalMs) });
  rows.push({ label: "Ended", value: describeFinish(waybill) });
  for (const attempt of waybill.discarded) rows.push({ label: "Tried before", value: describeDiscarded(attempt) });
  if (turnCost(waybill) > waybill.cost) rows.push({ label: "In all", value: describeTurnCost(waybill) });
  if (waybill.generationId !== undefined) rows.push({ label: "Generation", value: waybill.generationId });
  return rows;
}

/** For instance `zero retention asked for; DeepInfra is on the gateway's list of those that keep nothing`. */
function describePrivacy(
  { provider }: Pick<Waybill, "provider">,
  { demand, isLocal, keepsNothing }: WaybillPrivacy,
): string {
  const asked = `${describeDemand(demand)} asked for`;
  if (isLocal) return `${asked}; the gateway is on this machine`;
  if (demand.zdr !== true) return asked;
  const who = provider ?? "the provider";
  if (keepsNothing === undefined) return `${asked}; whether ${who} is listed as keeping nothing is not known`;
  return `${asked}; ${who} is ${keepsNothing ? "" : "not "}on the gateway's list of those that keep nothing`;
}

export function describeUsage(usage: TokenUsage): { label: string; value: string }[] {
  return [
    { label: "Prompt", value: withShare(usage.promptTokens, usage.cachedTokens, "from cache") },
    { label: "Answer", value: withShare(usage.completionTokens, usage.reasoningTokens, "reasoning") },
  ];
}

export function describeExactCost(waybill: Pick<Waybill, "cost" | "costSource">): string {
  switch (waybill.costSource) {
    case "billed":
      return `${formatExactUsd(waybill.cost)}, as billed`;
    case "reconciled":
      return `${formatExactUsd(waybill.cost)}, looked up afterwards`;
    case "estimated":
      return `about ${formatExactUsd(waybill.cost)}, estimated from tokens and prices`;
    case "unknown":
      return `unknown; ${formatExactUsd(waybill.cost)} stays reserved in your budget`;
  }
}

/** As sure as the least certain part of it. */
function describeTurnCost(waybill: Waybill): string {
  const isSure = [waybill, ...waybill.discarded].every(
    ({ costSource }) => costSource !== "estimated" && costSource !== "unknown",
  );
  return `${isSure ? "" : "about "}${formatExactUsd(turnCost(waybill))}`;
}

function describeDiscarded(attempt: DiscardedAttempt): string {
  const waited = attempt.waitedMs === 0 ? "" : `, then waited ${formatSeconds(attempt.waitedMs)}`;
  return `${attempt.askedModelName}${describeEnd(attempt)}; ${describeDiscardedCost(attempt)}${waited}`;
}

function describeEnd({ failure, lesson = "did not do" }: DiscardedAttempt): string {
  return failure === "rejected" ? `: the answer ${lesson}` : ` ${describeCause({ code: failure })}`;
}

function describeDiscardedCost({ cost, costSource }: DiscardedAttempt): string {
  switch (costSource) {
    case "nothing":
      return "nothing was charged";
    case "unknown":
      return `its cost is not known, ${formatExactUsd(cost)} stays reserved`;
    case "billed":
    case "reconciled":
    case "estimated":
      return `it cost ${formatExactUsd(cost)} on top`;
  }
}

function describeFinish({ finish, provider }: Waybill): string {
  const words = describeFinishAlone(finish);
  const wasCut = finish === "stopped" || finish === "incomplete";
  return wasCut && provider !== undefined && billsOnAfterStop(provider)
    ? `${words}; ${provider} finishes and bills such an answer all the same`
    : words;
}

function describeFinishAlone(finish: TurnFinish): string {
  switch (finish) {
    case "complete":
      return "complete";
    case "length":
      return "cut at the length limit";
    case "filtered":
      return "cut by the provider's content filter";
    case "stopped":
      return "stopped by you";
    case "incomplete":
      return "broke off before the end";
    case "failed":
      return "failed";
  }
}

/** Money first. */
function describeAlarms(waybill: Waybill): string | undefined {
  const pastHold = [waybill, ...waybill.discarded].map(({ cost, heldAtMost }) => describePastHold(cost, heldAtMost));
  return joinAlarms([...pastHold, describeAlarm(waybill)]);
}

export function joinAlarms(alarms: readonly (string | undefined)[]): string | undefined {
  const raised = alarms.filter((alarm) => alarm !== undefined);
  return raised.length === 0 ? undefined : raised.join(" ");
}

/** Exact figures, since a difference can be too small for rounded ones. `undefined` where what was held was enough. */
export function describePastHold(cost: NanoUsd, held: NanoUsd | undefined): string | undefined {
  if (held === undefined || cost <= held) return undefined;
  return `This cost ${formatExactUsd(cost)}, more than the ${formatExactUsd(held)} held for it. Your budget was charged all of it; Reconcile with Gateway compares it with the bill.`;
}

/** A dated or suffixed id of the same model is no surprise; another model is. */
function describeAlarm({ askedModel, servedModel, finish, usage, promptTokensAtMost }: Waybill): string | undefined {
  if (servedModel !== undefined && !isSameModel(askedModel, servedModel)) {
    return `Asked for ${askedModel}, served by ${servedModel}.`;
  }
  if (finish === "length") return "The answer was cut at the length limit.";
  if (usage !== undefined && promptTokensAtMost !== undefined) {
    const [tokens, atMost] = [groupDigits(usage.promptTokens), groupDigits(promptTokensAtMost)];
    return `The prompt was longer than counted on: ${tokens} tokens instead of at most ${atMost}. The budget was charged what it cost; from now on more is reserved for such prompts.`;
  }
  return undefined;
}

function withShare(total: number, part: number, name: string): string {
  const tokens = `${groupDigits(total)} tokens`;
  return part === 0 ? tokens : `${tokens}, ${groupDigits(part)} ${name}`;
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
