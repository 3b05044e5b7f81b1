import type { RoutingRow, RoutingViewState, WrittenRule } from "../../protocol/routingMessages.ts";

/** More rows than this are counted instead of read out. */
const MAX_ROWS_READ = 3;

/** What a screen reader is told after a snapshot; `undefined` when there is nothing new. */
export function announcementFor(before: RoutingViewState | undefined, after: RoutingViewState): string | undefined {
  if (before === undefined) return undefined;
  const sentences = [...after.rows.flatMap((row) => rowNews(rowBefore(before, row), row)), ...moved(before, after)];
  if (before.dryRuns !== after.dryRuns) sentences.push(dryRunNews(after));
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

/** For instance `Written to your user settings: "waybill.routing.profile": "economy"`. */
export function describeWritten({ setting, isRemoved, where }: WrittenRule): string {
  const place = where === "user" ? "your user settings" : "the workspace's settings";
  return `${isRemoved ? "Taken out of" : "Written to"} ${place}: ${setting}`;
}

function rowNews(before: RoutingRow | undefined, { written, refused }: RoutingRow): string[] {
  const isWritten = written !== undefined && written.setting !== before?.written?.setting;
  const isRefused = refused !== undefined && refused.sentence !== before?.refused?.sentence;
  return [
    ...(isRefused ? [refused.sentence] : []),
    ...(isWritten ? [`${describeWritten(written)}.`] : []),
    ...(before?.written !== undefined && written === undefined ? ["Taken back."] : []),
  ];
}

/** The rows whose first choice is another one now. */
function moved(before: RoutingViewState, after: RoutingViewState): string[] {
  const rows = after.rows.filter((row) => {
    const old = firstChoice(rowBefore(before, row));
    return old !== undefined && firstChoice(row) !== undefined && firstChoice(row) !== old;
  });
  if (rows.length > MAX_ROWS_READ) return [`${rows.length} tasks have another model now.`];
  return rows.map((row) => `${row.label} would now ask ${firstChoice(row) ?? ""}.`);
}

function dryRunNews({ dryRun }: RoutingViewState): string {
  const first = dryRun?.ladder[0];
  if (dryRun === undefined || first === undefined) return dryRun?.sentence ?? "";
  return `${first.name} would be asked. Task: ${dryRun.task}. Cost ${first.cost}.`;
}

function rowBefore({ rows }: RoutingViewState, { scope }: RoutingRow): RoutingRow | undefined {
  return rows.find((row) => row.scope === scope);
}

function firstChoice(row: RoutingRow | undefined): string | undefined {
  return row?.route?.ladder[0]?.name;
}
