import { countNamedFiles } from "../../../../core/edits/blockInAnswer.ts";
import { readAnswerEdits } from "../../../../core/edits/readAnswerEdits.ts";
import type { OutcomeKind } from "../../../../core/routing/outcomeKind.ts";
import type { AnswerChange, FromAnswer } from "../../../../protocol/answerMessages.ts";
import type { MessageView } from "../../../../protocol/chatMessages.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import { reviewEdits } from "../../edits/reviewEdits.ts";
import { isTrusted } from "../../edits/writeGate.ts";
import { applyCode } from "./applyCode.ts";
import { insertCode } from "./insertCode.ts";
import { openAsFile } from "./openAsFile.ts";
import { openPath, resolvePaths } from "./pathsInWorkspace.ts";
import { pasteIntoTerminal } from "./pasteIntoTerminal.ts";
import { openSymbol, resolveSymbols } from "./symbolsInWorkspace.ts";

/** What the requests of an answer work with. */
export interface AnswerPorts {
  readonly services: Pick<ExtensionServices, "inlineEdits" | "engine" | "log">;
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
    const verdict = await applyCode({ code, languageId }, { answer: answer.text, turnId: answer.turnId, inlineEdits });
    return noteVerdict(services, answer.turnId, verdict);
  }
  const use = { insert: insertCode, "new-file": openAsFile, terminal: pasteIntoTerminal }[action];
  if (await use(code, languageId)) conversation.noteCopied(messageId);
}

/** All files that an answer names, as one change. */
async function applyAnswer(messageId: string, { services, conversation }: AnswerPorts): Promise<void> {
  const answer = conversation.messages.find(({ id }) => id === messageId);
  if (answer?.role !== "assistant" || !(await isTrusted("changes no files"))) return;
  noteVerdict(services, answer.turnId, await reviewEdits(readAnswerEdits(answer.text)));
}

/** Routing learns from it; a verdict that cannot be kept is no reason to disturb the person. */
function noteVerdict(
  { engine, log }: AnswerPorts["services"],
  turnId: string | undefined,
  verdict: OutcomeKind | undefined,
): void {
  if (turnId === undefined || verdict === undefined) return;
  engine
    .get()
    .then((loaded) => loaded.noteOutcome(turnId, verdict))
    .catch((error: unknown) => log.error("outcome-not-noted", error));
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
