import { type Problem, problem } from "../../../core/problems/problem.ts";
import type { MessageView } from "../../../protocol/chatMessages.ts";

/**
 * Why a chat is not gone on with in Restricted Mode: with each question its history is sent, and what went along with that was
 * read while the workspace was trusted. `undefined` where it holds none of it. A picture the person pasted is their own.
 */
export function whyNotContinued(messages: readonly MessageView[]): Problem | undefined {
  const holdsCode = messages.some(
    (message) => message.role === "user" && message.attachments.some(({ kind }) => kind !== "image"),
  );
  return holdsCode ? HOLDS_CODE : undefined;
}

const HOLDS_CODE = problem(
  "This chat holds code of the workspace, and in Restricted Mode none of it leaves this machine. Nothing was sent, and nothing " +
    "was paid; trust the workspace to go on here, or begin a new chat.",
  "new-chat",
);
