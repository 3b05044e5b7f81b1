import { window } from "vscode";
import { countOf } from "../../../core/spend/countOf.ts";
import { describeRange } from "../../../core/spend/reportPeriod.ts";
import { addSums, type DayRange } from "../../../core/spend/spendSums.ts";
import type { OutboxStore } from "../../../store/outboxStore.ts";
import type { SpendHistory } from "../../../store/spendHistory.ts";

const DETAIL =
  "Delete takes out the rows and the verdicts on their answers, from which routing learned. Anonymise keeps the rows and takes out workspace, chat and the gateway's id. " +
  "Both take those days out of the list of what was sent. Neither can be undone, and a cost that is not certain yet stays as it is. Sums by day stay, so no limit opens again; those of limits keep the names of workspaces and chats.";

export interface ForgottenStores {
  readonly history: SpendHistory;
  readonly outbox: () => Promise<OutboxStore>;
}

/** Asks first. Answers what became of it; `undefined` when the person changed their mind. */
export async function forgetHistory(
  { history, outbox }: ForgottenStores,
  range: DayRange,
): Promise<string | undefined> {
  const { requests } = addSums(await history.sums(range, "model"));
  const days = describeRange(range);
  const choice = await window.showWarningMessage(
    `Delete or anonymise the history of ${days}, about ${countOf(requests, "request")}?`,
    { modal: true, detail: DETAIL },
    "Anonymise",
    "Delete",
  );
  if (choice === undefined) return undefined;
  // First, so that nothing is forgotten by halves where the list cannot be used.
  await (await outbox()).forget(range);
  const count = await history.forget(range, choice === "Delete" ? "delete" : "anonymise");
  return `${countOf(count, "row")} of ${days} ${count === 1 ? "was" : "were"} ${choice === "Delete" ? "deleted; their sums stay" : "made anonymous"}.`;
}
