import { workspace } from "vscode";
import { presentFolders } from "../../../core/trust/presentFolder.ts";
import type { MarkdownPage } from "../../platform/markdownPage.ts";
import type { Settings } from "../../platform/readSettings.ts";
import { findInFolder } from "./findInFolder.ts";

/** Works in Restricted Mode: the person asks what the folder is about before they trust it. Sends nothing. */
export async function showFolderChanges({ sendsInstructions }: Settings, page: MarkdownPage): Promise<void> {
  const folders = await Promise.all((workspace.workspaceFolders ?? []).map(findInFolder));
  await page.show(presentFolders({ folders, isTrusted: workspace.isTrusted, sendsInstructions }));
}
