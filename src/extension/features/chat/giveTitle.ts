import { suggestTitle } from "./chatTitle.ts";
import type { ChatSession } from "./chatSession.ts";

/** Has a cheap model name the chat by its first answer. Who gives a title meanwhile keeps it. */
export async function giveTitle(session: ChatSession, answerId: string): Promise<void> {
  const { chatId, workspace, ports, tree } = session;
  const answer = tree.answer(answerId);
  const question = tree.find(answer?.parentId);
  if (answer === undefined || question?.role !== "user") return;
  const beginning = { chatId, workspace, question: question.text, answer: answer.text };
  session.rename(await suggestTitle(beginning, ports, new AbortController().signal), "auto");
}
