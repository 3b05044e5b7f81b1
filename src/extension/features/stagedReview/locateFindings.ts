import { Range, type TextDocument, Uri, workspace } from "vscode";
import type { FileDiff } from "../../../core/changes/fileDiff.ts";
import { locateLines } from "../../../core/review/locateLines.ts";
import { mapLine } from "../../../core/review/mapLine.ts";
import type { PlacedFinding } from "../../../core/review/placeFindings.ts";
import type { GitRepository } from "../../platform/gitRepositories.ts";

/** A finding at its lines in a document. */
export interface LocatedFinding {
  readonly finding: PlacedFinding;
  readonly uri: Uri;
  readonly range: Range;
}

interface LocatedFindings {
  readonly located: readonly LocatedFinding[];
  /** Those whose lines are not in the files any more. */
  readonly gone: readonly PlacedFinding[];
}

/** The findings in the files as they are now; `later` is what has changed in them since. */
export async function locateFindings(
  repository: GitRepository,
  findings: readonly PlacedFinding[],
  later: readonly FileDiff[],
): Promise<LocatedFindings> {
  const tried = await Promise.all(
    findings.map(async (finding) => ({ finding, at: await locate(repository, finding, later) })),
  );
  return {
    located: tried.flatMap(({ at }) => at ?? []),
    gone: tried.flatMap(({ finding, at }) => (at === undefined ? [finding] : [])),
  };
}

/** The whole lines of the document that hold this text, nearest to where it is expected; `undefined` where none do. */
export function rangeOf(document: TextDocument, found: readonly string[], expected: number): Range | undefined {
  const line = locateLines(found, expected, document.getText().split(/\r?\n/));
  if (line === undefined) return undefined;
  const last = line - 1 + found.length - 1;
  return new Range(line - 1, 0, last, document.lineAt(last).text.length);
}

async function locate(
  { rootUri }: GitRepository,
  finding: PlacedFinding,
  later: readonly FileDiff[],
): Promise<LocatedFinding | undefined> {
  const uri = Uri.joinPath(rootUri, finding.file);
  const change = later.find(({ oldPath }) => oldPath === finding.file);
  const line = mapLine(finding.line, change);
  if (line === undefined) return undefined;
  try {
    const range = rangeOf(await workspace.openTextDocument(uri), finding.found, line);
    return range === undefined ? undefined : { finding, uri, range };
  } catch {
    // The file was deleted or cannot be shown as text.
    return undefined;
  }
}
