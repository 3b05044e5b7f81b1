import { type Uri, extensions, workspace } from "vscode";
import { isSecretFile } from "../../../../core/context/secretFiles.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";

/** What is used of the built-in extension's API, version 1. Source: VS Code, extensions/git/src/api/git.d.ts. */
interface GitRepository {
  readonly rootUri: Uri;
  diff(cached?: boolean): Promise<string>;
}

interface GitExports {
  getAPI(version: 1): { readonly repositories: readonly GitRepository[] };
}

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
    const parts = [...new Set(diffs.flatMap(splitByFile))].filter((part) => !filesOf(part).some(isSecretFile));
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

/** `undefined` without Git's extension. */
async function openRepositories(): Promise<readonly GitRepository[] | undefined> {
  const git = extensions.getExtension<GitExports>("vscode.git");
  try {
    const { repositories } = (await git?.activate())?.getAPI(1) ?? {};
    return repositories?.filter(({ rootUri }) => isOfWorkspace(rootUri));
  } catch {
    return undefined;
  }
}

/** A folder of the workspace may also be inside the repository. */
function isOfWorkspace(root: Uri): boolean {
  return (workspace.workspaceFolders ?? []).some(
    ({ uri }) => `${uri.path}/`.startsWith(`${root.path}/`) || `${root.path}/`.startsWith(`${uri.path}/`),
  );
}

function splitByFile(diff: string): readonly string[] {
  return diff.split(/^(?=diff --git )/m).filter((part) => part.trim() !== "");
}

/** Two where a file was renamed. */
function filesOf(part: string): readonly string[] {
  const [, before = "", after = ""] = /^diff --git "?a\/(.*?)"? "?b\/(.*?)"?$/m.exec(part) ?? [];
  return [before, after];
}
