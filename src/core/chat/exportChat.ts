import { type AnswerSource, sourcesMarkdown } from "../conversation/answerSources.ts";
import { questionWithCode } from "../conversation/buildMessages.ts";
import type { PresentedWaybill } from "../waybill/presentWaybill.ts";
import { pathTo } from "./chatTree.ts";

/** Written into every file; a reader refuses what is newer. */
export const EXPORT_FORMAT = "waybill-chat";
export const EXPORT_VERSION = 1;

/** What is said of a receipt in one line; every figure is already formatted. */
type ReceiptLine = Pick<PresentedWaybill, "model" | "provider" | "cost" | "costSource" | "tokens" | "time" | "alarm">;

interface ExportedMessage {
  readonly id: string;
  readonly parentId?: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly reasoning: string;
  readonly state: string;
  /** Whatever else is kept with it; the JSON has all of it. */
  readonly details: {
    readonly attachments?: readonly { readonly label: string; readonly languageId: string; readonly text: string }[];
    readonly sources?: readonly AnswerSource[];
    readonly waybill?: ReceiptLine;
    readonly problem?: { readonly sentence: string };
    readonly note?: string;
    readonly condenses?: number;
  };
}

export interface ExportedChat {
  /** Empty where nobody gave it one. */
  readonly title: string;
  readonly titleSource: "none" | "auto" | "person";
  readonly tipId?: string;
  /** JSON of the writer's own making, or empty. */
  readonly choice: string;
  readonly messages: readonly ExportedMessage[];
}

/** The whole tree, as `readImportedChat` takes it back. */
export function chatJson(chat: ExportedChat, nowMs: number): string {
  const head = { format: EXPORT_FORMAT, version: EXPORT_VERSION, exportedAt: new Date(nowMs).toISOString() };
  return `${JSON.stringify({ ...head, ...chat }, undefined, 2)}\n`;
}

/** The branch that was looked at, to be read; each answer with its receipt in one line. */
export function chatMarkdown(chat: ExportedChat, title: string, nowMs: number): string {
  const tip = chat.messages.find(({ id }) => id === chat.tipId) ?? chat.messages.at(-1);
  const shown = pathTo(chat.messages, tip?.id);
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const parts = [
    `# ${title}`,
    `_Exported from Waybill on ${day}._`,
    ...otherVersions(chat.messages.length - shown.length),
    ...shown.flatMap(messageParts),
  ];
  return `${parts.join("\n\n")}\n`;
}

function otherVersions(count: number): readonly string[] {
  if (count <= 0) return [];
  return [
    `_${count === 1 ? "One more message is" : `${count} more messages are`} on other branches; the JSON has them._`,
  ];
}

function messageParts({ role, text, state, details }: ExportedMessage): readonly string[] {
  if (role === "user") return ["## Question", questionWithCode(text, attachedCode(details))];
  return [
    details.condenses === undefined ? "## Answer" : `## Summary of the ${details.condenses} messages above`,
    ...(text === "" ? [] : [text]),
    ...(state === "done" || text === "" ? [] : ["_This answer is incomplete._"]),
    ...(details.sources === undefined || details.sources.length === 0 ? [] : [sourcesMarkdown(details.sources)]),
    ...[details.problem?.sentence, details.note].flatMap((said) => (said === undefined ? [] : [`_${said}_`])),
    ...(details.waybill === undefined ? [] : [`> Waybill: ${receiptLine(details.waybill)}`]),
  ];
}

function attachedCode({ attachments = [] }: ExportedMessage["details"]) {
  return attachments.map(({ label, languageId, text }) => ({ label, languageId, text, diagnostics: [] }));
}

function receiptLine({ model, provider, cost, costSource, tokens, time, alarm }: ReceiptLine): string {
  const served = provider === undefined ? model : `${model} via ${provider}`;
  // A cost that is not known says so itself.
  const paid = costSource === "unknown" ? cost : `${cost} (${costSource})`;
  return [served, paid, tokens, time, ...(alarm === undefined ? [] : [alarm])].join(" · ");
}
