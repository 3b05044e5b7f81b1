import { TabInputText, Uri, window, workspace } from "vscode";
import type { MentionItemView } from "../../../../protocol/composerMessages.ts";
import { offerable, whyKept } from "../../outgoing/sendGate.ts";
import { selectedCode } from "../selectionContext.ts";
import { fileItem } from "./fileItem.ts";
import { filesItem } from "./filesItem.ts";
import { diffItem } from "./gitDiff.ts";
import type { MentionCandidate } from "./mentionCandidate.ts";
import type { NotAttached, PendingItem } from "./pendingItem.ts";
import { problemsItem } from "./problemsItem.ts";
import { rankMentions } from "./rankMentions.ts";
import { selectionItem } from "./selectionItem.ts";
import { symbolCandidates } from "./symbolCandidates.ts";
import { offeredFiles } from "./workspaceFiles.ts";

/** Files are listed anew when the last look is older; the popup is open for seconds. */
const LIST_FOR_MS = 15_000;
const MOST_KNOWN = 200;

/** What can be mentioned here. Lists the files while the popup is open and forgets them after. */
export class MentionSource {
  #listed: Promise<readonly MentionCandidate[]> | undefined;
  #listedAtMs = 0;
  /** What was offered lately: the page may ask for nothing else. */
  readonly #offered = new Map<string, MentionCandidate>();

  /** At most 20, best first. */
  async complete(query: string): Promise<readonly MentionItemView[]> {
    if (!workspace.isTrusted) return [];
    const [candidates, symbols, general] = await Promise.all([
      this.#list(),
      symbolCandidates(query),
      generalCandidates(),
    ]);
    const ranked = rankMentions([...general, ...symbols.slice(0, 1), ...candidates, ...symbols.slice(1)], query);
    const own = await withoutKept(ranked);
    for (const each of own) this.#keep(each);
    return own.map(({ id, kind, label, detail }) => ({
      id,
      kind,
      label,
      ...(detail === undefined ? {} : { detail }),
    }));
  }

  /** `undefined` for what was not offered. */
  async read(id: string): Promise<PendingItem | NotAttached | undefined> {
    const candidate = this.#offered.get(id);
    this.#listed = undefined;
    return workspace.isTrusted ? candidate?.read() : undefined;
  }

  #keep(candidate: MentionCandidate): void {
    this.#offered.delete(candidate.id);
    this.#offered.set(candidate.id, candidate);
    const [oldest] = this.#offered.keys();
    if (this.#offered.size > MOST_KNOWN && oldest !== undefined) this.#offered.delete(oldest);
  }

  #list(): Promise<readonly MentionCandidate[]> {
    const nowMs = Date.now();
    if (Math.abs(nowMs - this.#listedAtMs) > LIST_FOR_MS) this.#listed = undefined;
    if (this.#listed === undefined) this.#listedAtMs = nowMs;
    this.#listed ??= listFiles();
    return this.#listed;
  }
}

/** The editor follows links while it searches. Only what would be offered is looked at: it is 20 files at most. */
async function withoutKept(candidates: readonly MentionCandidate[]): Promise<readonly MentionCandidate[]> {
  const refusals = await Promise.all(candidates.map(async ({ uri }) => (uri === undefined ? uri : whyKept(uri))));
  return candidates.filter((_candidate, place) => refusals[place] === undefined);
}

async function listFiles(): Promise<readonly MentionCandidate[]> {
  const [files, openUris] = await Promise.all([offeredFiles(), openFiles()]);
  const open = new Set(openUris.map((uri) => uri.toString()));
  const opened = files.filter((uri) => open.has(uri.toString()));
  const others = files.filter((uri) => !open.has(uri.toString()));
  return [...[...opened, ...others].map(fileCandidate), ...foldersOf(files).map(folderCandidate)];
}

function fileCandidate(uri: Uri): MentionCandidate {
  const { name, folder } = nameParts(uri);
  return { id: `file:${uri.toString()}`, kind: "file", label: name, detail: folder, uri, read: () => fileItem(uri) };
}

/** Every folder that has files below it, outermost first. */
function foldersOf(files: readonly Uri[]): readonly Uri[] {
  const folders = new Map<string, Uri>();
  const roots = new Set((workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()));
  for (const file of files) {
    for (let folder = Uri.joinPath(file, ".."); ; folder = Uri.joinPath(folder, "..")) {
      const key = folder.toString();
      if (roots.has(key) || folders.has(key) || folder.path === "/") break;
      folders.set(key, folder);
    }
  }
  return [...folders.values()].toSorted((left, right) => left.path.length - right.path.length);
}

function folderCandidate(uri: Uri): MentionCandidate {
  const { name, folder } = nameParts(uri);
  return {
    id: `folder:${uri.toString()}`,
    kind: "folder",
    label: `${name}/`,
    detail: folder,
    uri,
    read: () => folderItem(uri),
  };
}

/** Its files, without those that are kept on this machine. */
export async function folderItem(uri: Uri): Promise<PendingItem | NotAttached> {
  const label = `${workspace.asRelativePath(uri)}/`;
  const files = (await offeredFiles(uri)).toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const item = await filesItem({ id: `folder:${uri.toString()}`, kind: "folder", label }, files);
  return item.parts.length === 0
    ? { notice: `${label} has no text files that may be sent. Nothing was attached.` }
    : item;
}

function nameParts(uri: Uri): { readonly name: string; readonly folder: string } {
  const path = workspace.asRelativePath(uri);
  const cut = path.lastIndexOf("/");
  return { name: path.slice(cut + 1), folder: path.slice(0, Math.max(0, cut)) };
}

async function generalCandidates(): Promise<readonly MentionCandidate[]> {
  const editor = window.activeTextEditor;
  const file = editor?.document.uri;
  const kept = editor === undefined ? undefined : await whyKept(editor.document);
  const selected = kept === undefined ? selectedCode(editor) : undefined;
  const thisFile: readonly MentionCandidate[] =
    file === undefined
      ? []
      : [
          {
            id: "problems:file",
            kind: "problems",
            label: "Problems in this file",
            detail: workspace.asRelativePath(file),
            read: () => problemsItem(file),
          },
        ];
  const selection: readonly MentionCandidate[] =
    selected === undefined
      ? []
      : [
          {
            id: "selection:",
            kind: "selection",
            label: "Selection",
            detail: selected.label,
            // It stays as it is now, while the one that follows the editor goes on.
            read: async () => ({ ...selectionItem(selected), id: `kept:${selected.label}`, rank: "mention" }),
          },
        ];
  return [
    ...selection,
    { id: "editors:", kind: "editors", label: "Open editors", read: editorsItem },
    ...thisFile,
    {
      id: "problems:workspace",
      kind: "problems",
      label: "Problems in the workspace",
      read: () => problemsItem(undefined),
    },
    {
      id: "diff:",
      kind: "diff",
      label: "Uncommitted changes",
      detail: "git diff, working tree and index",
      read: diffItem,
    },
    { id: "terminal:", kind: "terminal", label: "Terminal selection", read: async () => NO_TERMINAL },
  ];
}

/** The terminal's selection is a proposed API; the command that copies it would overwrite the clipboard. */
const NO_TERMINAL: NotAttached = {
  notice:
    "VS Code lets no extension read what is selected in a terminal, so nothing was attached. Copy it there and paste it into the question.",
};

async function editorsItem(): Promise<PendingItem | NotAttached> {
  const files = await openFiles();
  if (files.length === 0) return { notice: "No file of this workspace is open, so nothing was attached." };
  return filesItem({ id: "editors:", kind: "editors", label: "Open editors" }, files);
}

async function openFiles(): Promise<readonly Uri[]> {
  const inputs = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) => (input instanceof TabInputText ? [input.uri] : []));
  return offerable([...new Map(uris.map((uri) => [uri.toString(), uri])).values()]);
}
