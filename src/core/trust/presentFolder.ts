import type { ControlKind } from "../edits/controlFiles.ts";
import type { HiddenSign } from "../edits/suspectText.ts";
import { WHAT_CONTROLS } from "../edits/writeConcerns.ts";
import { tableRow } from "../text/markdownTable.ts";
import type { FolderFinding, InstructionsFile, SettingFinding, SettingsFile } from "./folderFinding.ts";
import { foreignBlock, foreignText } from "./foreignText.ts";

/** More of one kind are counted only. */
const MOST_LISTED = 40;
const MOST_SETTINGS = 100;
const MOST_SIGNS = 8;

export interface OpenFolders {
  readonly folders: readonly FolderFinding[];
  readonly isTrusted: boolean;
  /** The person lets questions carry the project's instructions along. */
  readonly sendsInstructions: boolean;
}

/** What the open folders bring and what comes of it, as a Markdown page in which nothing of theirs is markup. */
export function presentFolders(open: OpenFolders): string {
  const { folders, isTrusted } = open;
  const parts = folders.flatMap((folder) => folderParts(folder, open));
  return [
    "# What Does This Folder Change?",
    isTrusted ? TRUSTED : RESTRICTED,
    ...(folders.length === 0 ? ["No folder is open, so nothing changes anything."] : parts),
    "",
  ].join("\n\n");
}

const RESTRICTED =
  "**This workspace is not trusted.** Until it is, Waybill reads no file of it for a question, sends no line of it and changes " +
  "nothing in it. To show you this page the files named here were read on this machine; nothing was sent.";

const TRUSTED =
  "**This workspace is trusted.** Waybill reads its files when you ask about them. To show you this page the files named here " +
  "were read on this machine; nothing was sent.";

function folderParts(folder: FolderFinding, open: OpenFolders): readonly string[] {
  const title = foreignText(folder.name);
  const parts = [
    ...settingsParts(folder.settings),
    ...instructionsParts(folder.instructions, open),
    ...ignoreParts(folder),
    ...controlParts(folder),
    ...linkParts(folder),
    ...unreadParts(folder),
  ];
  const nothing = "It brings nothing that changes what Waybill does.";
  return [`## ${title}`, ...(parts.length === 0 ? [nothing] : parts)];
}

function settingsParts(files: readonly SettingsFile[]): readonly string[] {
  if (files.length === 0) return [];
  const note =
    "A folder can make your rules stricter and never looser; gateway, key, proxy and your own budgets are yours alone. This is the " +
    "same before and after you trust it.";
  return ["### Settings", note, ...files.flatMap(settingsFileParts)];
}

function settingsFileParts({ name, settings, others, isBroken, when, tasksOnOpen }: SettingsFile): readonly string[] {
  const tasks = tasksOnOpen.map(foreignText).slice(0, MOST_LISTED);
  const remarks = [
    ...(when === undefined ? [] : [when]),
    ...(isBroken ? ["Parts of this file make no sense; the rest of it counts."] : []),
    ...(others === 0 ? [] : [`${others} more ${others === 1 ? "setting is" : "settings are"} not Waybill's.`]),
    ...(tasks.length === 0 ? [] : [`VS Code may run when the folder is opened and trusted: ${tasks.join(", ")}.`]),
  ];
  const head = ["Setting", "What comes of it", "The folder says"];
  const rows = settings.toSorted(holdsFirst).slice(0, MOST_SETTINGS).map(settingRow);
  const table = [tableRow(head), tableRow(head.map(() => "---")), ...rows, ...moreRow(settings.length - rows.length)];
  return [
    `#### ${foreignText(name)}`,
    ...(remarks.length === 0 ? [] : [remarks.join(" ")]),
    settings.length === 0 ? "It has no setting of Waybill's." : table.join("\n"),
  ];
}

function settingRow({ name, written, verdict, why }: SettingFinding): string {
  const outcome = verdict === "holds" ? "**Holds:**" : "**Refused:**";
  return tableRow([foreignText(name), `${outcome} ${foreignText(why)}`, foreignText(written)]);
}

function holdsFirst({ verdict: one }: SettingFinding, { verdict: other }: SettingFinding): number {
  return Number(other === "holds") - Number(one === "holds");
}

function moreRow(count: number): readonly string[] {
  return count <= 0 ? [] : [tableRow([`${count} more`, "", ""])];
}

function instructionsParts(files: readonly InstructionsFile[], open: OpenFolders): readonly string[] {
  if (files.length === 0) return [];
  return ["### Instructions", instructionsNote(open), ...files.flatMap(instructionsFileParts)];
}

function instructionsNote({ isTrusted, sendsInstructions }: OpenFolders): string {
  if (!sendsInstructions) return "Not sent, trusted or not: `waybill.chat.instructions` is off.";
  return isTrusted
    ? "They go along with your questions in the chat, up to 32 KB each, as a chip that can be taken off."
    : "Neither sent nor read for a question now. Once you trust the workspace they go along with your questions in the chat, up to " +
        "32 KB each, as a chip that can be taken off.";
}

function instructionsFileParts({ name, text, signs }: InstructionsFile): readonly string[] {
  return [
    `#### ${foreignText(name)}`,
    ...(signs.length === 0 ? [] : [`**It has signs that cannot be seen:** ${listSigns(signs)}.`]),
    foreignBlock(text),
  ];
}

function listSigns(signs: readonly HiddenSign[]): string {
  const shown = signs.slice(0, MOST_SIGNS).map(({ sign, line }) => `${sign} in line ${line}`);
  return shown.join(", ") + (signs.length > MOST_SIGNS ? " and more" : "");
}

function ignoreParts({ ignoreFiles }: FolderFinding): readonly string[] {
  if (ignoreFiles.length === 0) return [];
  const lines = ignoreFiles
    .slice(0, MOST_LISTED)
    .map(({ name, rules }) => `- ${foreignText(name)}: ${rules} ${rules === 1 ? "rule" : "rules"}`);
  const note =
    "They can keep files from being offered and sent, and never bring one in: what holds secrets by its name stays out whatever " +
    "they say.";
  return ["### Ignore Files", note, [...lines, ...moreLine(ignoreFiles.length)].join("\n")];
}

function controlParts({ controlFiles }: FolderFinding): readonly string[] {
  if (controlFiles.length === 0) return [];
  const kinds = [...new Set(controlFiles.map(({ kind }) => kind))];
  const lineOf = (kind: ControlKind) => {
    const names = controlFiles.filter((file) => file.kind === kind).map(({ name }) => foreignText(name));
    const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : "";
    return `- What ${WHAT_CONTROLS[kind]}: ${names.slice(0, MOST_LISTED).join(", ")}${more}`;
  };
  const note = "Waybill obeys none of these. It changes one only after a question of its own that names the file.";
  return ["### Other Files That Decide What Is Run", note, kinds.map(lineOf).join("\n")];
}

function linkParts({ linksOut }: FolderFinding): readonly string[] {
  if (linksOut.length === 0) return [];
  const lines = linksOut.slice(0, MOST_LISTED).map((name) => `- ${foreignText(name)}`);
  const note = "Waybill reads nothing through these links and takes none of them along.";
  return ["### Links Out of the Folder", note, [...lines, ...moreLine(linksOut.length)].join("\n")];
}

function moreLine(count: number): readonly string[] {
  return count > MOST_LISTED ? [`- and ${count - MOST_LISTED} more`] : [];
}

function unreadParts({ unread, isCutShort }: FolderFinding): readonly string[] {
  const lines = [
    ...unread.slice(0, MOST_LISTED).map(({ name, problem }) => `- ${foreignText(name)} ${foreignText(problem)}.`),
    ...(isCutShort ? ["- The folder has more files than were looked at for links and other files."] : []),
  ];
  return lines.length === 0 ? [] : ["### Not Looked Into", lines.join("\n")];
}
