import { type QuickPickItem, QuickPickItemKind, commands, window, workspace } from "vscode";
import { EXCEED_POLICIES } from "../../../core/budget/exceedPolicy.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { formatMoment } from "../../platform/formatMoment.ts";
import { rawSetting } from "../../platform/settings.ts";
import { pickOne } from "../modelBrowser/pickOne.ts";
import { RuleWriter } from "../routing/ruleWriter.ts";
import { askLimit } from "./askLimit.ts";
import { type LimitField, standingOf } from "./limitFields.ts";
import { type LimitRow, askedLimits, describeExceed, limitRows } from "./limitRows.ts";
import {
  type WritingPlace,
  type WrittenValue,
  describeChange,
  isTooHighForWorkspace,
  writingPlaces,
} from "./planBudget.ts";

interface RowItem extends QuickPickItem {
  /** Absent for what leads elsewhere. */
  readonly row?: LimitRow;
}

interface ChoiceItem<Value> extends QuickPickItem {
  readonly value: Value;
}

/** Shows every limit with what is used of it, and writes the one that is changed where it holds. */
export async function setBudget(services: ExtensionServices): Promise<void> {
  for (;;) {
    const standings = await readStandings(services);
    const chosen = await pickOne(
      { title: "Waybill: Budgets", placeholder: describePlace(), items: rowItems(standings) },
      ({ kind }) => kind !== QuickPickItemKind.Separator,
    );
    if (chosen === "back") return commands.executeCommand(COMMANDS.showMenu);
    if (chosen === undefined) return;
    if (chosen.row === undefined) return commands.executeCommand("workbench.action.openSettings", "waybill.budget");
    if ((await changeLimit(services, chosen.row, standings)) === "done") return;
  }
}

/** Asks for the value and the place, writes, and offers to take it back. */
async function changeLimit(
  services: ExtensionServices,
  row: LimitRow,
  standings: readonly LimitStanding[] | undefined,
): Promise<"back" | "done"> {
  const { field } = row;
  const asked = await (field.limit === undefined ? askExceed(row) : askLimit(row, standingOf(field, standings)));
  if (asked === "back") return "back";
  if (asked === undefined) return "done";
  const place = await askPlace(field, asked.value);
  if (place === "back") return changeLimit(services, row, standings);
  if (place !== undefined) await write(services, { field, value: asked.value, place });
  return "done";
}

async function askExceed({ field, value, summary }: LimitRow): Promise<{ value: WrittenValue } | "back" | undefined> {
  const items = EXCEED_POLICIES.map((policy): ChoiceItem<WrittenValue> => ({
    label: policy,
    ...(policy === value ? { description: "as it is now" } : {}),
    detail: describeExceed(policy),
    value: policy,
  }));
  return pickOne({ title: `Waybill: ${field.label}`, placeholder: `Now ${summary}`, items }, () => true);
}

/** The only place is not asked for, unless the person may have meant the other one. */
async function askPlace(field: LimitField, value: WrittenValue): Promise<WritingPlace | "back" | undefined> {
  const hasFolder = workspace.workspaceFolders !== undefined;
  const places = writingPlaces(rawSetting, field, { value, hasFolder });
  const [only, other] = places;
  const isTooHigh = hasFolder && isTooHighForWorkspace(field, places);
  if (other === undefined && !isTooHigh) return only;
  const chosen = await pickOne(
    {
      title: `Waybill: ${field.label}`,
      placeholder: isTooHigh
        ? "A workspace can only lower your limit, so this one goes into your own settings."
        : "Where is it to hold?",
      items: places.map(({ label, detail }, index): ChoiceItem<number> => ({ label, detail, value: index })),
    },
    () => true,
  );
  return chosen === "back" || chosen === undefined ? chosen : places[chosen.value];
}

async function write(
  { spend }: ExtensionServices,
  { field, value, place }: { readonly field: LimitField; readonly value: WrittenValue; readonly place: WritingPlace },
): Promise<void> {
  const writer = new RuleWriter();
  await writer.write("all", place.writes);
  await spend.refreshKnown();
  const choice = await window.showInformationMessage(describeChange(field, value, place), "Undo", "Set Another");
  if (choice === "Set Another") return commands.executeCommand(COMMANDS.setWorkspaceBudget);
  if (choice !== "Undo") return;
  await writer.revert("all");
  await spend.refreshKnown();
}

function rowItems(standings: readonly LimitStanding[] | undefined): readonly RowItem[] {
  const nowMs = Date.now();
  const time = { nowMs, format: (atMs: number) => formatMoment(atMs, nowMs) };
  const rows = limitRows(rawSetting, { standings, time }).map((row): RowItem => ({
    label: row.field.label,
    description: row.summary,
    detail: row.state,
    row,
  }));
  return [
    ...rows,
    { label: "", kind: QuickPickItemKind.Separator },
    { label: "$(gear) Open Settings", description: "alerts and everything else about budgets" },
  ];
}

/** A first look makes no ledger. One that cannot be read shows no sums; the next turn says why. */
async function readStandings({ engine, spend, log }: ExtensionServices): Promise<readonly LimitStanding[] | undefined> {
  try {
    const loaded = await engine.get();
    if (!(await loaded.hasLedger())) return undefined;
    return await (await loaded.ledger()).standings(spend.place(), askedLimits(rawSetting), Date.now());
  } catch (error) {
    log.error("spend-not-readable", error);
    return undefined;
  }
}

/** Whose limits these are, and how far a workspace's own values count. */
function describePlace(): string {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return "Choose a limit to change. No folder is open, so what you set holds everywhere.";
  const names = folders.map(({ name }) => name).join(", ");
  const whole =
    folders.length === 1 ? `Choose a limit to change, for ${names}` : `For all folders of this workspace (${names})`;
  const trust = workspace.isTrusted ? "" : "; not trusted, yet its limits count, for they only lower yours";
  return `${whole}${trust}.`;
}
