import { type QuickInputButton, type QuickPickItem, ThemeIcon } from "vscode";
import { countOf } from "../../../core/spend/countOf.ts";
import { titleFromQuestion } from "../../../core/chat/titleText.ts";
import { shownTitle } from "../../../core/chat/shownTitle.ts";
import type { ChatSummary } from "../../../store/chatListing.ts";

export type RowAction = "rename" | "export" | "delete";

interface RowButton extends QuickInputButton {
  readonly action: RowAction;
}

export interface ChatItem extends QuickPickItem {
  /** Absent on a row that only says something. */
  readonly chat?: ChatSummary;
}

export interface RowContext {
  /** Of this window; other workspaces are named in the rows. */
  readonly workspace: string;
  readonly nowMs: number;
  readonly isSearch: boolean;
  readonly isEverywhere: boolean;
}

/** The editor would filter the rows by its own search; `alwaysShow` leaves them to the store's. */
const OURS = { alwaysShow: true } as const;

const BUTTONS: readonly RowButton[] = [
  { action: "rename", iconPath: new ThemeIcon("edit"), tooltip: "Rename…" },
  { action: "export", iconPath: new ThemeIcon("export"), tooltip: "Export…" },
  { action: "delete", iconPath: new ThemeIcon("trash"), tooltip: "Delete" },
];

export function chatItems(chats: readonly ChatSummary[], context: RowContext): ChatItem[] {
  return chats.length === 0 ? [nothingFound(context)] : chats.map((chat) => chatItem(chat, context));
}

function chatItem(chat: ChatSummary, { workspace, nowMs }: RowContext): ChatItem {
  const title = shownTitle(chat);
  const facts = [
    countOf(chat.messageCount, "message"),
    whenOf(chat.updatedAtMs, nowMs),
    ...(chat.workspace === workspace ? [] : [workspaceName(chat.workspace)]),
  ];
  return {
    ...OURS,
    label: plain(title),
    description: facts.join(" · "),
    ...(titleFromQuestion(chat.excerpt) === title ? {} : { detail: plain(chat.excerpt) }),
    buttons: BUTTONS,
    chat,
  };
}

export function isRowButton(button: QuickInputButton): button is RowButton {
  return "action" in button;
}

/** The editor would draw `$(name)` as an icon. */
function plain(text: string): string {
  return text.replaceAll("$(", "$\u200b(");
}

/** The time of today, else the day. */
function whenOf(atMs: number, nowMs: number): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString())
    return at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const isThisYear = at.getFullYear() === now.getFullYear();
  return at.toLocaleDateString([], { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
}

/** The last part of the address, or that there is no folder. */
function workspaceName(workspace: string): string {
  const last = workspace.split("/").findLast((part) => part !== "");
  if (last === undefined || workspace === "no-workspace") return "no folder";
  try {
    return decodeURIComponent(last).replace(/\.code-workspace$/, "");
  } catch {
    return last;
  }
}

function nothingFound({ isSearch, isEverywhere }: RowContext): ChatItem {
  const wider = isEverywhere ? "" : " The button above looks in all workspaces.";
  return {
    ...OURS,
    label: isSearch ? "No chat has all of these words" : "No chats yet",
    detail: isSearch
      ? `Titles, questions and answers were searched.${wider}`
      : `A chat is kept from its first question on.${wider}`,
    iconPath: new ThemeIcon("info"),
  };
}
