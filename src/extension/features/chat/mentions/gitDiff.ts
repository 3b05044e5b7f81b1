import { pathsOf, splitByFile } from "../../../../core/changes/fileDiff.ts";
import { isSecretFile } from "../../../../core/context/secretFiles.ts";
import { openRepositories } from "../../../platform/gitRepositories.ts";
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
    const diffs = await Promise.all(repositories.flatMap((each) => [each.diff(false), each.diff(true)]));
    const parts = [...new Set(diffs.flatMap(splitByFile))].filter((part) => !holdsSecrets(part));
    if (parts.length === 0)
      return { notice: "Nothing is changed in the Git repository, so there is no diff to attach." };
    if (parts.join("").length > MOST_CHARACTERS)
      return { notice: "The diff is larger than 1 MB, so it was not attached. Mention the files that matter." };
    return { ...DIFF, parts };
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

/** Two names where a file was renamed. */
function holdsSecrets(part: string): boolean {
  const { oldPath, path } = pathsOf(part);
  return isSecretFile(oldPath) || isSecretFile(path);
}
