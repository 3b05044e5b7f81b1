import { countNamedFiles } from "../../../../core/edits/blockInAnswer.ts";
import { readAnswerEdits } from "../../../../core/edits/readAnswerEdits.ts";
import type { AnswerChange, FromAnswer } from "../../../../protocol/answerMessages.ts";
import type { MessageView } from "../../../../protocol/chatMessages.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import { noteOutcome } from "../../../platform/noteOutcome.ts";
import { type ReviewedEdits, reviewEdits } from "../../edits/reviewEdits.ts";
import { isTrusted } from "../../edits/writeGate.ts";
import { applyCode } from "./applyCode.ts";
import { insertCode } from "./insertCode.ts";
import { openAsFile } from "./openAsFile.ts";
import { openPath, resolvePaths } from "./pathsInWorkspace.ts";
import { pasteIntoTerminal } from "./pasteIntoTerminal.ts";
import { openSymbol, resolveSymbols } from "./symbolsInWorkspace.ts";

/** What the requests of an answer work with. */
export interface AnswerPorts {
  readonly services: Pick<ExtensionServices, "inlineEdits" | "proposals" | "engine" | "log">;
  readonly conversation: {
    readonly messages: readonly MessageView[];
    noteCopied(answerId: string): void;
  };
  readonly emit: (change: AnswerChange) => void;
}

/** Does what the page asks about code and names of an answer. The messages are parsed; what they say is still a stranger's. */
export async function handleAnswerRequest(message: FromAnswer, ports: AnswerPorts): Promise<void> {
  switch (message.type) {
    case "code-action":
      return useCode(message, ports);
    case "resolve-names":
      return tellNames(message, ports);
    case "open-path":
      return openPath(message.path);
    case "open-symbol":
      return openSymbol(message.name);
    case "count-files":
      return tellFiles(message.messageId, ports);
    case "apply-answer":
      return applyAnswer(message.messageId, ports);
  }
}

/** Code that was taken along counts like a copy; where it is applied, the verdict on its changes counts. */
async function useCode(
  { action, messageId, code, languageId }: Extract<FromAnswer, { type: "code-action" }>,
  { services, conversation }: AnswerPorts,
): Promise<void> {
  const answer = conversation.messages.find(({ id }) => id === messageId);
  if (answer?.role !== "assistant") return;
  if (action === "apply") {
    const { inlineEdits } = services;
    const reviewed = await applyCode({ code, languageId }, { answer: answer.text, turnId: answer.turnId, inlineEdits });
    return noteReviewed(services, answer.turnId, reviewed);
  }
  const use = { insert: insertCode, "new-file": openAsFile, terminal: pasteIntoTerminal }[action];
  if (await use(code, languageId)) conversation.noteCopied(messageId);
}

/** All files that an answer names, as one change. */
async function applyAnswer(messageId: string, { services, conversation }: AnswerPorts): Promise<void> {
  const answer = conversation.messages.find(({ id }) => id === messageId);
  if (answer?.role !== "assistant" || !(await isTrusted("changes no files"))) return;
  const reviewed = await reviewEdits(readAnswerEdits(answer.text), await services.inlineEdits());
  await noteReviewed(services, answer.turnId, reviewed);
}

/** Routing learns from it, and from what becomes of it. */
async function noteReviewed(
  services: AnswerPorts["services"],
  turnId: string | undefined,
  reviewed: ReviewedEdits | undefined,
): Promise<void> {
  if (turnId === undefined || reviewed === undefined) return;
  noteOutcome(services, turnId, reviewed);
  (await services.proposals()).watchAccepted({ ...reviewed, turnId });
}

/** So that the page offers to apply all of them; by the answer as it stands in the chat. */
function tellFiles(messageId: string, { conversation, emit }: AnswerPorts): void {
  const answer = conversation.messages.find(({ id }) => id === messageId);
  if (answer?.role !== "assistant") return;
  emit({ kind: "files-counted", messageId, count: countNamedFiles(answer.text) });
}

/** Every request is answered, so that the page waits for none. */
async function tellNames(
  { requestId, candidates }: Extract<FromAnswer, { type: "resolve-names" }>,
  { services, emit }: AnswerPorts,
): Promise<void> {
  const orNone = (looking: Promise<readonly string[]>) =>
    looking.catch((error: unknown): readonly string[] => {
      services.log.error("names-not-resolved", error);
      return [];
    });
  const files = await orNone(resolvePaths(candidates));
  const symbols = await orNone(resolveSymbols(candidates.filter((text) => !files.includes(text))));
  emit({ kind: "names-resolved", requestId, files, symbols });
}
