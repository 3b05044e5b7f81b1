import { Uri, workspace } from "vscode";
import { cutInstructions } from "../../../../core/context/cutInstructions.ts";
import type { PendingItem } from "./pendingItem.ts";
import { readTextFile } from "./readTextFile.ts";

const NAMES: readonly string[] = ["AGENTS.md", ".github/copilot-instructions.md"];

/** The project's own instructions, as they are now. None in Restricted Mode. */
export async function readInstructions(): Promise<readonly PendingItem[]> {
  if (!workspace.isTrusted) return [];
  const files = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => NAMES.map((name) => Uri.joinPath(uri, name)));
  const items = await Promise.all(files.map(instructionsItem));
  return items.flatMap((item) => item ?? []);
}

/** Whether a file that was saved is one of them. */
export function isInstructions({ path }: Uri): boolean {
  return NAMES.some((name) => path.endsWith(`/${name}`));
}

async function instructionsItem(uri: Uri): Promise<PendingItem | undefined> {
  const file = await readTextFile(uri);
  if (typeof file === "string" || file.text.trim() === "") return undefined;
  const { lines, isCut } = cutInstructions(file.text);
  return {
    id: `instructions:${uri.toString()}`,
    kind: "instructions",
    rank: "instructions",
    unit: "line",
    label: workspace.asRelativePath(uri),
    languageId: "markdown",
    diagnostics: [],
    parts: lines,
    ...(isCut ? { remark: "only the first 32 KB" } : {}),
  };
}
