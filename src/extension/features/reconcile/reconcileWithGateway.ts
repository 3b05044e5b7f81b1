import { type Progress, ProgressLocation, type QuickPickItem, window } from "vscode";
import { SPEND_PERIODS, type SpendPeriod, firstDayOf } from "../../../core/budget/spendPeriod.ts";
import { type WaybillError, isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { correctShown } from "../../../core/waybill/correctShown.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { describeNoBill } from "../../../core/problems/describeNoBill.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import type { Reconciliation } from "../../../core/waybill/reconciliation.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { type ReconcileOutcome, reconcile } from "./reconcile.ts";
import { showReconciliation } from "./showReconciliation.ts";

interface PeriodItem extends QuickPickItem {
  readonly period: SpendPeriod;
}

type Outcome = ReconcileOutcome | { readonly kind: "failed"; readonly error: WaybillError };

const PERIOD_LABELS: Readonly<Record<SpendPeriod, string>> = {
  day: "Today",
  week: "This week",
  month: "This month",
};

/** Asks for the period, settles what can be settled, and shows ledger and gateway side by side. */
export async function reconcileWithGateway(services: ExtensionServices): Promise<void> {
  const chosen = await choosePeriod();
  if (chosen !== undefined) await reconcilePeriod(services, chosen);
}

async function choosePeriod(): Promise<SpendPeriod | undefined> {
  const nowMs = Date.now();
  const items = SPEND_PERIODS.map((period): PeriodItem => {
    const since = firstDayOf(period, nowMs);
    const description =
      period === "day" ? `${since} (UTC)` : `since ${period === "week" ? "Monday " : ""}${since} (UTC)`;
    return { label: PERIOD_LABELS[period], description, period };
  });
  const chosen = await window.showQuickPick(items, {
    title: "Waybill: Reconcile with Gateway",
    placeHolder: "Which time? The gateway counts by UTC, too.",
  });
  return chosen?.period;
}

async function reconcilePeriod(services: ExtensionServices, period: SpendPeriod): Promise<void> {
  const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
  const outcome = await runWithProgress(services, period, gatewayHost);
  // Rows may have been settled before a failure, too.
  await services.spend.refreshKnown();
  if (outcome.kind === "compared") {
    noteInLog(services, outcome.reconciliation);
    const { settled } = outcome.reconciliation;
    services.spend.noteSettled((shown, paid) => correctShown(shown, settled, paid));
    showReconciliation(outcome.reconciliation, gatewayHost);
    return;
  }
  if (outcome.kind === "failed" && isAborted(outcome.error)) return;
  const again = () => reconcilePeriod(services, period);
  await showProblem(
    outcome.kind === "no-bill" ? describeNoBill(gatewayHost) : describe(outcome.error, gatewayHost),
    again,
  );
}

async function runWithProgress(
  services: ExtensionServices,
  period: SpendPeriod,
  gatewayHost: string,
): Promise<Outcome> {
  const options = {
    location: ProgressLocation.Notification,
    title: `Reconciling with ${gatewayHost}`,
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    try {
      const engine = await services.engine.get();
      const parts = {
        gateway: engine.gateway(),
        gatewayWithKey: (keyName: string) => engine.gatewayWithKey(keyName),
        ledger: await engine.ledger(),
        now: () => Date.now(),
      };
      return await reconcile({ ...parts, onLookUp: tellProgress(progress) }, period, abort.signal);
    } catch (error) {
      if (!isAborted(error)) services.log.error("reconciliation", error);
      return { kind: "failed", error: toWaybillError(error) };
    }
  });
}

function tellProgress(progress: Progress<{ message: string; increment: number }>) {
  return (index: number, count: number): void =>
    progress.report({ message: `looking up cost ${index + 1} of ${count}`, increment: 100 / count });
}

function noteInLog({ log }: ExtensionServices, { comparison, settled }: Reconciliation): void {
  log.info("reconciled", { count: settled.length, costNanoUsd: comparison.ledgerTotal });
}

function describe(error: WaybillError, gatewayHost: string): Problem {
  return describeError(error, { gatewayHost, modelName: undefined, wasSent: false, hasText: false });
}
