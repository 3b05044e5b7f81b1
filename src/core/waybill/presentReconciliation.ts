import { DEFAULT_KEY_NAME } from "../keys/keyName.ts";
import type { SpendPeriod } from "../budget/spendPeriod.ts";
import { formatExactUsd } from "../money/formatUsd.ts";
import { type NanoUsd, subtractUsd, ZERO_USD } from "../money/nanoUsd.ts";
import type { BillComparison, BillRemark, CountedCost } from "./compareWithBill.ts";
import type { LeftRow, Reconciliation, SettledRow } from "./reconciliation.ts";
import type { CostSource } from "./waybill.ts";

/** Decides about the icon. */
export type ReportMark = "agrees" | "differs" | "figure" | "remark" | "settled" | "left";

/** One entry of the list: what it is, how much, and a short sentence below. Each fits a quick pick's width. */
interface ReportLine {
  readonly mark: ReportMark;
  readonly label: string;
  readonly figure?: string;
  readonly detail?: string;
}

export interface ReportSection {
  /** The first section has none. */
  readonly title: string;
  readonly lines: readonly ReportLine[];
}

/** A reconciliation as a list to read from top to bottom: the result, both sides, why they differ, the single rows. */
export function presentReconciliation(found: Reconciliation): readonly ReportSection[] {
  const { comparison, settled, left } = found;
  const sections: readonly ReportSection[] = [
    { title: "", lines: [describeResult(found)] },
    { title: "This ledger", lines: describeLedger(comparison) },
    { title: "The gateway", lines: describeGateway(comparison) },
    { title: "To know", lines: comparison.remarks.map(describeRemark) },
    { title: "Settled just now", lines: settled.map(describeSettled) },
    { title: "Not settled", lines: left.map(describeLeft) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** The same list as plain text, for the clipboard. */
export function reconciliationText(found: Reconciliation, gatewayHost: string): string {
  const lines = [`Waybill and ${gatewayHost}, ${describePeriod(found.period, found.sinceDay)}`];
  for (const section of presentReconciliation(found)) {
    if (section.title !== "") lines.push("", section.title);
    for (const { label, figure, detail } of section.lines) {
      const head = figure === undefined ? label : `${label}: ${figure}`;
      lines.push(detail === undefined ? head : `${head} (${detail.replace(/\.$/, "")})`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** For instance `this week, since 2026-11-16 (UTC)`. */
function describePeriod(period: SpendPeriod, sinceDay: string): string {
  switch (period) {
    case "day":
      return `today, ${sinceDay} (UTC)`;
    case "week":
      return `this week, since Monday ${sinceDay} (UTC)`;
    case "month":
      return `this month, since ${sinceDay} (UTC)`;
  }
}

function describeResult({ comparison, period, sinceDay, keyName }: Reconciliation): ReportLine {
  const { difference, ledgerTotal } = comparison;
  const when = `${describePeriod(period, sinceDay)}${keyName === DEFAULT_KEY_NAME ? "" : `, key ${keyName}`}`;
  if (difference === 0) {
    return {
      mark: "agrees",
      label: "Agrees to the nano-dollar",
      figure: formatExactUsd(ledgerTotal),
      detail: `Ledger and gateway say the same for ${when}.`,
    };
  }
  return {
    mark: "differs",
    label: difference > 0 ? "The gateway says more" : "The ledger says more",
    figure: `by ${formatExactUsd(difference > 0 ? difference : subtractUsd(ZERO_USD, difference))}`,
    detail: `For ${when}.`,
  };
}

const SOURCE_WORDS: Readonly<Record<CostSource, string>> = {
  billed: "Billed with the answer",
  reconciled: "Looked up afterwards",
  estimated: "Estimated from tokens and prices",
  unknown: "Unknown, so the whole reservation counts",
};

const SOURCES = ["billed", "reconciled", "estimated", "unknown"] as const satisfies readonly CostSource[];

function describeLedger({ ledger, ledgerTotal }: BillComparison): ReportLine[] {
  const parts = SOURCES.filter((source) => ledger.bySource[source].count > 0);
  return [
    figureLine(
      "All of it",
      ledgerTotal,
      countRequests(SOURCES.reduce((sum, one) => sum + ledger.bySource[one].count, 0)),
    ),
    ...parts.map((source) => partLine(SOURCE_WORDS[source], ledger.bySource[source])),
  ];
}

function partLine(label: string, { count, cost }: CountedCost): ReportLine {
  return figureLine(label, cost, countRequests(count));
}

function describeGateway({ gateway, gatewayTotal }: BillComparison): ReportLine[] {
  if (gateway.ownKeys === 0) return [figureLine("Charged to this key", gatewayTotal)];
  return [
    figureLine("All of it", gatewayTotal),
    figureLine("Charged to this key", gateway.charged),
    figureLine("Billed by providers to your own keys", gateway.ownKeys),
  ];
}

function figureLine(label: string, amount: NanoUsd, note?: string): ReportLine {
  const figure = formatExactUsd(amount);
  return { mark: "figure", label, figure: note === undefined ? figure : `${figure} · ${note}` };
}

function describeRemark(remark: BillRemark): ReportLine {
  const mark = "remark";
  switch (remark.kind) {
    case "uncertain-rows":
      return {
        mark,
        label: remark.count === 1 ? "One cost is not certain" : `${remark.count} costs are not certain`,
        figure: formatExactUsd(remark.cost),
        detail: describeUncertain(remark),
      };
    case "open-requests":
      return {
        mark,
        label: remark.count === 1 ? "One request is still open" : `${remark.count} requests are still open`,
        figure: `up to ${formatExactUsd(remark.cost)}`,
        detail: "Reserved and not settled here; the gateway may count it already.",
      };
    case "taken-over":
      return {
        mark,
        label: "Known without rows",
        figure: formatExactUsd(remark.cost),
        detail: "Of a lost ledger or deleted rows; a sum over all gateways.",
      };
    case "used-elsewhere":
      return {
        mark,
        label: "The key was used elsewhere too, it seems",
        figure: `up to ${formatExactUsd(remark.cost)}`,
        detail: "By another app or machine, or across midnight (UTC). Your own limits count it, too.",
      };
    case "gateway-lags":
      return {
        mark,
        label: "The gateway may lag behind",
        detail: "Its figures can be some minutes old: reconcile again a little later.",
      };
    case "key-changed":
      return {
        mark,
        label: "Or the key was changed in this time",
        figure: formatExactUsd(remark.cost),
        detail: "Certain here and not on this key's bill: another key of the same name may have paid.",
      };
    case "own-keys":
      return {
        mark,
        label: "Providers bill your own keys themselves",
        figure: formatExactUsd(remark.cost),
        detail: "The gateway tells it apart (byok_usage); the ledger counts it with the rest.",
      };
  }
}

function describeUncertain({ cost, charged }: Extract<BillRemark, { kind: "uncertain-rows" }>): string {
  if (charged === 0) return "Nothing of it is on the gateway's bill so far.";
  if (charged === cost) return "All of it may have been charged.";
  return `At most ${formatExactUsd(charged)} of it is on the gateway's bill.`;
}

function describeSettled({ row, cost }: SettledRow): ReportLine {
  const before = row.costSource === "unknown" ? "up to" : "about";
  return {
    mark: "settled",
    label: row.model,
    figure: formatExactUsd(cost),
    detail: `${row.day}: was ${row.costSource}, ${before} ${formatExactUsd(row.cost)}.`,
  };
}

function describeLeft({ row, why }: LeftRow): ReportLine {
  return {
    mark: "left",
    label: row.model,
    figure: formatExactUsd(row.cost),
    detail: `${row.day}: stays ${row.costSource}; ${why === "no-key" ? describeNoKey(row) : LEFT_REASONS[why]}.`,
  };
}

function describeNoKey({ keyName }: LeftRow["row"]): string {
  return `the key that paid (${keyName}) is gone or refused`;
}

const LEFT_REASONS: Readonly<Record<Exclude<LeftRow["why"], "no-key">, string>> = {
  "no-id": "the gateway gave it no id to look it up by",
  "not-found": "the gateway does not know it, or not yet",
  "no-answer": "the gateway could not look it up",
};

function countRequests(count: number): string {
  return count === 1 ? "1 request" : `${count} requests`;
}
