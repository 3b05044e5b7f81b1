import { questionWithCode } from "../conversation/buildMessages.ts";
import type { CostSource } from "../waybill/costSource.ts";

/** Written into every file; a reader refuses what is newer. */
export const EXPORT_FORMAT = "waybill-chat";
export const EXPORT_VERSION = 1;

/** What is said of a receipt in one line; every figure is already formatted. */
interface ReceiptLine {
  readonly model: string;
  readonly provider?: string;
  readonly cost: string;
  readonly costSource: CostSource;
  readonly tokens: string;
  readonly time: string;
  readonly alarm?: string;
}

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
  const shown = branchTo(chat.messages, chat.tipId);
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const parts = [
    `# ${title}`,
    `_Exported from Waybill on ${day}._`,
    ...otherVersions(chat.messages.length - shown.length),
    ...shown.flatMap(messageParts),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** From the first message to the tip; to the last message where there is no tip. */
function branchTo(messages: readonly ExportedMessage[], tipId: string | undefined): readonly ExportedMessage[] {
  const left = new Map(messages.map((message) => [message.id, message]));
  const branch: ExportedMessage[] = [];
  let next = left.get(tipId ?? "") ?? messages.at(-1);
  while (next !== undefined) {
    branch.push(next);
    left.delete(next.id);
    next = next.parentId === undefined ? undefined : left.get(next.parentId);
  }
  return branch.toReversed();
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
