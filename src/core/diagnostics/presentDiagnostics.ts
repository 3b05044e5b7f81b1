import { plainMarkdown, tableRow } from "../text/markdownTable.ts";
import type { DiagnosticsReport, LoggedCode, RoughCount, StoreReport } from "./diagnosticsReport.ts";

/** The report as a Markdown page: what is shown is what is copied. */
export function presentDiagnostics(report: DiagnosticsReport): string {
  const { versions, changedSettings, invalidSettings, codes } = report;
  const facts: readonly (readonly [string, string])[] = [
    ["Waybill", versions.waybill],
    ["VS Code", versions.editor],
    ["Node", versions.node],
    ["System", report.system],
    ["Window", report.screen],
    ["Remote", report.remote ?? "none"],
    ["Workspace", report.isTrusted ? "trusted" : "Restricted Mode"],
    ["Gateway", report.gateway],
    ["Transport", report.transport],
    ["Key", report.key],
    ["Ledger", describeStore(report.ledger)],
    ["What was sent", describeStore(report.outbox)],
    ["Chats", describeStore(report.chats)],
  ];
  return [
    "# Waybill Diagnostics",
    LEFT_OUT,
    table(["What", "State"], facts),
    "## Settings That Differ from Their Defaults",
    listOf(changedSettings),
    ...(invalidSettings.length === 0 ? [] : ["## Settings That Make No Sense", listOf(invalidSettings)]),
    "## Codes of This Window's Log, the Newest First",
    codes.length === 0 ? "None." : table(["When (UTC)", "What", "Code"], codes.toReversed().map(codeRow)),
    "",
  ].join("\n\n");
}

const LEFT_OUT =
  "Settings are named without their values, and counts are rough. Paths, addresses, texts, amounts and keys are left out. Any key " +
  "that this window has used would be masked besides; that mask does not know keys of other windows, nor secrets of other kinds.";

function describeStore(store: StoreReport): string {
  switch (store.kind) {
    case "usable":
      return ["usable", ...store.counts.map(describeCount)].join(", ");
    case "none":
      return "none yet";
    case "failed":
      return store.code;
  }
}

/** The power of ten says how much it is about, and little of the person. */
function describeCount({ what, count }: RoughCount): string {
  if (count === 0) return `no ${what}`;
  return `up to ${10 ** Math.ceil(Math.log10(Math.max(count, 10)))} ${what}`;
}

function codeRow({ atMs, event, code }: LoggedCode): readonly string[] {
  return [new Date(atMs).toISOString().slice(0, 19).replace("T", " "), plainMarkdown(event), plainMarkdown(code)];
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "None." : names.map((name) => `- ${name}`).join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => "---")), ...rows.map(tableRow)].join("\n");
}
