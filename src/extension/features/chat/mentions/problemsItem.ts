import { type Diagnostic, DiagnosticSeverity, type Uri, languages, workspace } from "vscode";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

const MOST_PROBLEMS = 200;

/** The errors and warnings that the editor reports of one file, or of the workspace. */
export function problemsItem(uri: Uri | undefined, isOffered: (uri: Uri) => boolean): PendingItem | NotAttached {
  const reported: readonly (readonly [Uri, readonly Diagnostic[]])[] =
    uri === undefined ? languages.getDiagnostics() : [[uri, languages.getDiagnostics(uri)]];
  const where = uri === undefined ? "the workspace" : workspace.asRelativePath(uri);
  const lines = reported
    .filter(([file]) => uri !== undefined || isOffered(file))
    .flatMap(([file, problems]) => problems.filter(isSerious).map((each) => lineOf(file, each)));
  if (lines.length === 0) return { notice: `The editor reports no problems in ${where}, so nothing was attached.` };
  const remark = lines.length > MOST_PROBLEMS ? { remark: `the first ${MOST_PROBLEMS} of ${lines.length}` } : {};
  return {
    id: `problems:${uri?.toString() ?? ""}`,
    kind: "problems",
    rank: "mention",
    unit: "problem",
    label: `Problems in ${where}`,
    languageId: "",
    diagnostics: [],
    parts: lines.slice(0, MOST_PROBLEMS),
    ...remark,
  };
}

function isSerious({ severity }: Diagnostic): boolean {
  return severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning;
}

function lineOf(uri: Uri, { range, severity, message }: Diagnostic): string {
  const kind = severity === DiagnosticSeverity.Error ? "error" : "warning";
  return `${workspace.asRelativePath(uri)}:${range.start.line + 1}: ${kind}: ${message.replaceAll("\n", " ")}\n`;
}
