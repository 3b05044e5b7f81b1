import { type Event, Uri, extensions, window, workspace } from "vscode";

/** A file in one of the lists of changes. Source of all of these: VS Code, extensions/git/src/api/git.d.ts. */
interface GitChange {
  readonly uri: Uri;
  readonly status: number;
}

interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
}

/** What is used of the built-in extension's API, version 1. */
export interface GitRepository {
  readonly rootUri: Uri;
  /** What the person types a commit message into. */
  readonly inputBox: { value: string };
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly workingTreeChanges: readonly GitChange[];
    /** Where the setting keeps them apart. */
    readonly untrackedChanges?: readonly GitChange[];
    readonly onDidChange: Event<void>;
  };
  readonly onDidCommit: Event<void>;
  diff(cached?: boolean): Promise<string>;
  log(options?: { readonly maxEntries?: number }): Promise<readonly GitCommit[]>;
}

interface GitExports {
  getAPI(version: 1): {
    readonly state: "uninitialized" | "initialized";
    readonly onDidChangeState: Event<unknown>;
    readonly repositories: readonly GitRepository[];
  };
}

/** `Status.UNTRACKED` of that API. */
const UNTRACKED = 7;

/** A window that has just opened is still looking for repositories; longer than this nobody waits for them. */
const LONGEST_START_MS = 10_000;

/** Those of the workspace's folders; `undefined` without Git's extension. */
export async function openRepositories(): Promise<readonly GitRepository[] | undefined> {
  return (await allRepositories())?.filter(({ rootUri }) => isOfWorkspace(rootUri));
}

/**
 * The repository that a button belongs to, the only one, or the one that the person picks; `undefined` where there is none, after
 * the person was told, or where they pick none. `source` is what VS Code hands to a command of the Source Control view.
 */
export async function chooseRepository(source: unknown): Promise<GitRepository | undefined> {
  const all = await allRepositories();
  const root = repositoryRootOf(source);
  // Also one that lies outside of the workspace: another instead of it is not what was clicked.
  const clicked = all?.find(({ rootUri }) => rootUri.toString() === root);
  if (clicked !== undefined) return clicked;
  const repositories = all?.filter(({ rootUri }) => isOfWorkspace(rootUri));
  if (repositories === undefined || repositories.length === 0) {
    const why =
      repositories === undefined
        ? "VS Code's Git extension is turned off"
        : "No Git repository is open in this workspace";
    void window.showInformationMessage(`${why}, so there are no changes to read. Nothing was sent.`);
    return undefined;
  }
  if (repositories.length === 1) return repositories[0];
  const picked = await window.showQuickPick(
    repositories.map((repository) => ({
      label: nameOf(repository),
      description: repository.rootUri.fsPath,
      repository,
    })),
    { title: "Waybill", placeHolder: "Which repository?" },
  );
  return picked?.repository;
}

/** New files that git does not know yet. */
export function untrackedFiles({ state }: GitRepository): readonly Uri[] {
  const changes = [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])];
  return changes.filter(({ status }) => status === UNTRACKED).map(({ uri }) => uri);
}

/** How the repository's folder is called. */
export function nameOf({ rootUri }: GitRepository): string {
  return rootUri.path.slice(rootUri.path.lastIndexOf("/") + 1);
}

/** The address of the repository whose title was clicked; `undefined` for the command palette. */
export function repositoryRootOf(source: unknown): string | undefined {
  if (typeof source !== "object" || source === null || !("rootUri" in source)) return undefined;
  return source.rootUri instanceof Uri ? source.rootUri.toString() : undefined;
}

async function allRepositories(): Promise<readonly GitRepository[] | undefined> {
  const git = extensions.getExtension<GitExports>("vscode.git");
  try {
    const api = (await git?.activate())?.getAPI(1);
    if (api?.state === "uninitialized") await firstOf(api.onDidChangeState);
    return api?.repositories;
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

async function firstOf(event: Event<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LONGEST_START_MS);
  const listening = event(() => resolve());
  await promise;
  listening.dispose();
  clearTimeout(timer);
}
