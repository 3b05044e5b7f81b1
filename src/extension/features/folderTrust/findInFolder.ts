import { isIgnoreFileName } from "../../../core/context/ignoreFileNames.ts";
import { type Uri, type WorkspaceFolder, workspace } from "vscode";
import { controlKind } from "../../../core/edits/controlFiles.ts";
import { hiddenSigns } from "../../../core/edits/suspectText.ts";
import type {
  FolderFinding,
  IgnoreFile,
  InstructionsFile,
  SettingsFile,
  UnreadFile,
} from "../../../core/trust/folderFinding.ts";
import { rawSetting } from "../../platform/settings.ts";
import { isInstructions } from "../chat/mentions/instructions.ts";
import { type FolderListing, type ListedEntry, listFolder } from "./listFolder.ts";
import { readSettingsFile } from "./readSettingsFile.ts";
import { leadsOut, readShown } from "./readShown.ts";

const SETTINGS_FILE = /^(?:\.vscode\/(?:settings|tasks)\.json|[^/]+\.code-workspace)$/u;

/** Everything that a folder brings; its files are read as text, whatever VS Code makes of them. */
export async function findInFolder({ uri, name }: WorkspaceFolder): Promise<FolderFinding> {
  const listing = await listFolder(uri);
  const files = await readAll(
    listing,
    ({ name: path, uri: file }) => SETTINGS_FILE.test(path) || isRootInstructions(path, file),
  );
  const ignores = await readAll(listing, ({ name: path }) =>
    isIgnoreFileName(path.slice(path.lastIndexOf("/") + 1), false),
  );
  const settings = files.read.filter(({ entry }) => SETTINGS_FILE.test(entry.name));
  const instructions = files.read.filter(({ entry }) => !SETTINGS_FILE.test(entry.name));
  const found = settings.map(({ entry, text }) =>
    readSettingsFile({ name: entry.name, text, own: rawSetting, opened: openedFile() }),
  );
  const shown = new Set([...files.read, ...ignores.read].map(({ entry }) => entry.name));
  return {
    name,
    settings: found.filter((file) => "settings" in file).toSorted(alwaysFirst),
    instructions: instructions.map(({ entry, text }): InstructionsFile => ({
      name: entry.name,
      text,
      signs: hiddenSigns(text),
    })),
    ignoreFiles: ignores.read.map(({ entry, text }): IgnoreFile => ({ name: entry.name, rules: countRules(text) })),
    controlFiles: listing.entries.flatMap((entry) => {
      const kind = shown.has(entry.name) ? undefined : controlKind(entry.name);
      return kind === undefined ? [] : [{ name: entry.name, kind }];
    }),
    linksOut: await linksOut(listing, uri),
    unread: [...files.unread, ...ignores.unread, ...found.filter((file) => "problem" in file)],
    isCutShort: listing.isCutShort,
  };
}

/** What counts only sometimes stands last. */
function alwaysFirst({ when: one }: SettingsFile, { when: other }: SettingsFile): number {
  return Number(one !== undefined) - Number(other !== undefined);
}

/** Those that Waybill sends lie at the top of the folder. */
function isRootInstructions(path: string, file: ListedEntry["uri"]): boolean {
  return isInstructions(file) && /^(?:\.github\/)?[^/]+$/u.test(path);
}

/** The name of the workspace file that the window was opened with. */
function openedFile(): string | undefined {
  const { workspaceFile } = workspace;
  return workspaceFile?.scheme === "untitled" ? undefined : workspaceFile?.path.split("/").at(-1);
}

interface ReadFiles {
  readonly read: readonly { readonly entry: ListedEntry; readonly text: string }[];
  readonly unread: readonly UnreadFile[];
}

async function readAll({ entries }: FolderListing, isWanted: (entry: ListedEntry) => boolean): Promise<ReadFiles> {
  const wanted = entries.filter(isWanted);
  const files = await Promise.all(wanted.map(async (entry) => ({ entry, file: await readShown(entry.uri) })));
  return {
    read: files.flatMap(({ entry, file }) => (typeof file === "string" ? [] : [{ entry, text: file.text }])),
    unread: files.flatMap(({ entry: { name }, file }) => (typeof file === "string" ? [{ name, problem: file }] : [])),
  };
}

async function linksOut({ entries }: FolderListing, folder: Uri): Promise<readonly string[]> {
  const links = entries.filter(({ isLink }) => isLink);
  const answers = await Promise.all(links.map(({ uri }) => leadsOut(uri, folder)));
  return links.filter((_link, index) => answers[index]).map(({ name }) => name);
}

function countRules(text: string): number {
  return text.split("\n").filter((line) => !/^\s*(?:#|$)/u.test(line)).length;
}
