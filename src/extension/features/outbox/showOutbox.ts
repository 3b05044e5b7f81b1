import { type QuickPickItem, QuickPickItemKind, commands, window } from "vscode";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { presentSent, sentPage } from "../../../core/outbox/presentSent.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { ListedRequest, OutboxStore } from "../../../store/outboxStore.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { formatMoment } from "../../platform/formatMoment.ts";
import type { MarkdownPage } from "../../platform/markdownPage.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { pickOne } from "../modelBrowser/pickOne.ts";

interface OutboxItem extends QuickPickItem {
  readonly sent?: ListedRequest;
  readonly does?: "older" | "clear" | "settings";
}

/** So many at once: nobody reads more, and each is read from the disk. */
const PAGE_ROWS = 200;

/** The newest first; one of them opens as a page. */
export async function showOutbox(services: ExtensionServices, page: MarkdownPage): Promise<void> {
  try {
    await browse(await (await services.engine.get()).outbox(), page);
  } catch (error) {
    const context = { gatewayHost: "The gateway", modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => showOutbox(services, page));
  }
}

async function browse(outbox: OutboxStore, page: MarkdownPage): Promise<void> {
  let before: number | undefined;
  for (;;) {
    const rows = await outbox.list(PAGE_ROWS, before);
    const chosen = await pickOne(
      { title: "Waybill: What Was Sent", placeholder: hintFor(rows), items: itemsFor(rows) },
      ({ sent, does }) => sent !== undefined || does !== undefined,
    );
    if (chosen === "back") return commands.executeCommand(COMMANDS.showMenu);
    if (chosen?.sent !== undefined) return page.show(sentPage(chosen.sent, formatExact));
    switch (chosen?.does) {
      case "older":
        before = rows.at(-1)?.id;
        continue;
      case "clear":
        if (await clear(outbox)) await page.show(CLEARED);
        return;
      case "settings":
        return commands.executeCommand("workbench.action.openSettings", "waybill.outbox");
      case undefined:
        return;
    }
  }
}

function itemsFor(rows: readonly ListedRequest[]): readonly OutboxItem[] {
  const nowMs = Date.now();
  const sent = rows.map((row): OutboxItem => ({
    ...presentSent(row, (atMs) => formatMoment(atMs, nowMs)),
    sent: row,
  }));
  return [
    ...sent,
    { label: "", kind: QuickPickItemKind.Separator },
    ...(rows.length < PAGE_ROWS ? [] : [{ label: "$(history) Show Older Ones", does: "older" } as const]),
    ...(rows.length === 0 ? [] : [{ label: "$(trash) Clear the List", does: "clear" } as const]),
    { label: "$(gear) Open Settings", description: "whether the text is kept, too", does: "settings" },
  ];
}

function hintFor(rows: readonly ListedRequest[]): string {
  return rows.length === 0
    ? "Nothing with your text is listed"
    : "Every request with your text, the newest first; the list is on this machine only";
}

const CLEARED = "# What Was Sent\n\nThe list was cleared.\n";

/** Answers whether it was. */
async function clear(outbox: OutboxStore): Promise<boolean> {
  const choice = await window.showWarningMessage(
    "Clear the list of what was sent?",
    {
      modal: true,
      detail: "What it says, and any text kept in it, is taken off this disk. Chats and the ledger stay as they are.",
    },
    "Clear",
  );
  if (choice === undefined) return false;
  await outbox.forget();
  return true;
}

function formatExact(atMs: number): string {
  return new Date(atMs).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
}
