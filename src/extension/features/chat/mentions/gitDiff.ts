import { pathsOf, splitByFile } from "../../../../core/changes/fileDiff.ts";
import { type GitRepository, openRepositories } from "../../../platform/gitRepositories.ts";
import { whyKeptIn } from "../../outgoing/sendGate.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

const MOST_CHARACTERS = 1_000_000;

/** What is changed in the workspace and not committed: the working tree, then the index. */
export async function diffItem(): Promise<PendingItem | NotAttached> {
  const repositories = await openRepositories();
  if (repositories === undefined)
    return {
      notice: "VS Code's Git extension is turned off, so there is no diff to attach. Turn it on, then try again.",
    };
  if (repositories.length === 0)
    return { notice: "No Git repository is open in this workspace, so there is no diff to attach. Nothing was sent." };
  try {
    const diffs = await Promise.all(repositories.map(partsOf));
    const parts = [...new Set(diffs.flatMap(({ sendable }) => sendable))];
    const kept = new Set(diffs.flatMap((each) => each.kept)).size;
    if (parts.length === 0 && kept > 0)
      return { notice: "All that is changed is kept on this machine by its rules, so there is no diff to attach." };
    if (parts.length === 0)
      return { notice: "Nothing is changed in the Git repository, so there is no diff to attach." };
    if (parts.join("").length > MOST_CHARACTERS)
      return { notice: "The diff is larger than 1 MB, so it was not attached. Mention the files that matter." };
    return kept === 0 ? { ...DIFF, parts } : { ...DIFF, parts, remark: describeKeptHere(kept) };
  } catch {
    return { notice: "Git could not make the diff, so it was not attached. Look at the Git log, then try again." };
  }
}

const DIFF = {
  id: "diff:",
  kind: "diff",
  rank: "mention",
  unit: "file",
  label: "Uncommitted changes",
  languageId: "diff",
  diagnostics: [],
} as const;

function describeKeptHere(files: number): string {
  return files === 1 ? "a changed file is kept on this machine" : `${files} changed files are kept on this machine`;
}

/** A file is kept on this machine under either of its names where it was renamed. */
async function partsOf(
  repository: GitRepository,
): Promise<{ readonly sendable: readonly string[]; readonly kept: readonly string[] }> {
  const diffs = await Promise.all([repository.diff(false), repository.diff(true)]);
  const parts = diffs.flatMap(splitByFile).map((part) => ({ part, ...pathsOf(part) }));
  const reasons = await whyKeptIn(
    repository.rootUri,
    parts.flatMap(({ oldPath, path }) => [oldPath, path]),
  );
  const isKept = ({ oldPath, path }: (typeof parts)[number]) => reasons.has(oldPath) || reasons.has(path);
  return {
    sendable: parts.filter((each) => !isKept(each)).map(({ part }) => part),
    kept: parts.filter(isKept).map(({ path }) => repository.rootUri.path + path),
  };
}
