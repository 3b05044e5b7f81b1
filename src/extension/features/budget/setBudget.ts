import { type QuickPickItem, QuickPickItemKind, type Uri, commands, workspace } from "vscode";
import { EXCEED_POLICIES } from "../../../core/budget/exceedPolicy.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { formatMoment } from "../../platform/formatMoment.ts";
import { rawSetting } from "../../platform/settings.ts";
import { pickOne } from "../modelBrowser/pickOne.ts";
import { askLimit } from "./askLimit.ts";
import { type LimitField, standingOf } from "./limitFields.ts";
import { type LimitRow, askedLimits, describeExceed, limitRows } from "./limitRows.ts";
import { type OpenWorkspace, formHint, formTitle, settingsFileOf } from "./openWorkspace.ts";
import { type WritingPlace, isTooHighForWorkspace, writingPlaces } from "./planBudget.ts";
import type { WrittenValue } from "./typedValue.ts";
import { writeBudget } from "./writeBudget.ts";

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
    const open = openWorkspace();
    const chosen = await pickOne(
      { title: formTitle(open), placeholder: formHint(open), items: rowItems(standings) },
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
  const asked = await (field.kind === "on-exceed" ? askExceed(row) : askLimit(row, standingOf(field, standings)));
  if (asked === "back") return "back";
  if (asked === undefined) return "done";
  const place = await askPlace(field, asked.value);
  if (place === "back") return changeLimit(services, row, standings);
  if (place !== undefined) await writeBudget(services, { field, value: asked.value, place });
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
  const open = openWorkspace();
  const places = writingPlaces(rawSetting, field, { value, open });
  const [only, other] = places;
  const isTooHigh = settingsFileOf(open) !== undefined && isTooHighForWorkspace(field, places);
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
    { label: "$(gear) Open Settings", description: "of budgets" },
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

function openWorkspace(): OpenWorkspace {
  const { workspaceFile, workspaceFolders = [], isTrusted } = workspace;
  return {
    folders: workspaceFolders.map(({ name }) => name),
    file: workspaceFile && { name: nameOf(workspaceFile), isSaved: workspaceFile.scheme !== "untitled" },
    isTrusted,
  };
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
