import { type Diagnostic, DiagnosticSeverity, type Uri, languages, workspace } from "vscode";
import { describeKept } from "../../../../core/context/sendRule.ts";
import { whyAllKept, whyKept } from "../../outgoing/sendGate.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

const MOST_PROBLEMS = 200;

type Reported = readonly (readonly [Uri, readonly Diagnostic[]])[];

/** The errors and warnings that the editor reports of one file, or of the workspace: they quote the text they are about. */
export async function problemsItem(uri: Uri | undefined): Promise<PendingItem | NotAttached> {
  const where = uri === undefined ? "the workspace" : workspace.asRelativePath(uri);
  const kept = uri === undefined ? undefined : await whyKept(uri);
  if (kept !== undefined)
    return { notice: `${where} ${describeKept(kept)}, so its problems were not attached. Nothing was sent.` };
  const reported = uri === undefined ? await reportedOfWorkspace() : [[uri, languages.getDiagnostics(uri)] as const];
  const lines = reported.flatMap(([file, problems]) => problems.filter(isSerious).map((each) => lineOf(file, each)));
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

async function reportedOfWorkspace(): Promise<Reported> {
  const serious = languages.getDiagnostics().filter(([, problems]) => problems.some(isSerious));
  const ofWorkspace = serious.filter(([uri]) => workspace.getWorkspaceFolder(uri) !== undefined);
  const reasons = await whyAllKept(ofWorkspace.map(([uri]) => uri));
  return ofWorkspace.filter((_file, place) => reasons[place] === undefined);
}

function isSerious({ severity }: Diagnostic): boolean {
  return severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning;
}

function lineOf(uri: Uri, { range, severity, message }: Diagnostic): string {
  const kind = severity === DiagnosticSeverity.Error ? "error" : "warning";
  return `${workspace.asRelativePath(uri)}:${range.start.line + 1}: ${kind}: ${message.replaceAll("\n", " ")}\n`;
}
