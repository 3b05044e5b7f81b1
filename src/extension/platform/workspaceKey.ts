import { workspace } from "vscode";

/** Names this workspace in the ledger and the chats. */
export function workspaceKey(): string {
  return (workspace.workspaceFile ?? workspace.workspaceFolders?.[0]?.uri)?.toString() ?? "no-workspace";
}
