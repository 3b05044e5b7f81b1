/** What is open, as far as the form has to tell of it. */
export interface OpenWorkspace {
  /** Names of its folders, in their order. */
  readonly folders: readonly string[];
  /** The file of a workspace that has one, several folders or not. */
  readonly file: { readonly name: string; readonly isSaved: boolean } | undefined;
  readonly isTrusted: boolean;
}

/** Where its own settings stand; `undefined` where nothing is open that could have some. */
export function settingsFileOf({ folders, file }: OpenWorkspace): string | undefined {
  if (file !== undefined) return file.isSaved ? file.name : "a workspace that is not saved yet";
  const [name] = folders;
  return name === undefined ? undefined : `.vscode/settings.json of ${name}`;
}

/** Whose limits these are. */
export function formTitle({ folders, file, isTrusted }: OpenWorkspace): string {
  const [name = ""] = file === undefined ? folders : [file.isSaved ? file.name : "an unsaved workspace"];
  if (name === "") return "Waybill: Budgets";
  return `Waybill: Budgets of ${name}${isTrusted ? "" : " (not trusted)"}`;
}

/** How far a workspace's own values count; short enough for the box that it stands in. */
export function formHint({ folders, file, isTrusted }: OpenWorkspace): string {
  const choose = "Choose a limit to change";
  // The editor drops a folder's own values of such settings once there is a workspace file, and does not tell of them.
  if (file !== undefined) return `${choose}; those in the workspace's file count, those in its folders do not.`;
  if (folders.length === 0) return `${choose}. No folder is open, so what you set holds everywhere.`;
  return isTrusted ? `${choose}.` : `${choose}; this workspace's own count, too, for they only lower yours.`;
}
