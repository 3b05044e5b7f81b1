/**
 * A path as a disk may take it, in small letters and with `/`: without blanks, dots or a stream at the end of a name, without
 * signs that some disks leave out, and with Windows' short names in full. For looking up what a file is, not for opening it.
 */
export function plainPath(path: string): string {
  return resolveDots(plainNames(path)).join("/");
}

/** The same, name by name, with each `.` and `..`, and what only looks like them, in its place. */
export function plainNames(path: string): readonly string[] {
  return path
    .normalize("NFKC")
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => (/^\.+$/u.test(part) ? part : part.replace(/(?<=.):.*$/u, "").replace(/[. ]+$/u, "")))
    .map(longName);
}

/** Takes `.`, `..` and empty names out. */
export function resolveDots(parts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part === "..") kept.pop();
    else kept.push(part);
  }
  return kept;
}

/** Windows has short names for names that begin with a dot. */
function longName(part: string): string {
  const short = /^(git|vscode|github|husky|claude|cursor|codex|env)~\d$/u.exec(part)?.[1];
  return short === undefined ? part : `.${short}`;
}
