import { describeInvalidSetting } from "../../../core/problems/describeInvalidSetting.ts";
import { problem } from "../../../core/problems/problem.ts";
import type { ChatViewState } from "../../../protocol/chatMessages.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { questionsOf } from "./chatHistory.ts";
import type { ChatSession } from "./chatSession.ts";
import { lastPage } from "./chatPages.ts";
import { comparisonOf } from "./compare/comparisonOf.ts";
import { viewChoice } from "./storedChoice.ts";
import { viewKey } from "./viewKey.ts";

/** What the view is told of a chat by itself. */
export function sessionState(
  session: ChatSession,
): Pick<
  ChatViewState,
  | "chatId"
  | "messages"
  | "earlier"
  | "firstQuestion"
  | "history"
  | "draft"
  | "title"
  | "choice"
  | "queued"
  | "comparison"
> {
  const { chatId, tree, title, draft, choice, queued } = session;
  const comparison = comparisonOf(tree);
  return {
    chatId,
    ...lastPage(tree),
    ...(comparison === undefined ? {} : { comparison }),
    history: questionsOf(tree.path),
    draft,
    ...(title === "" ? {} : { title }),
    ...viewChoice(choice),
    ...(queued === undefined ? {} : { queued: queued.text }),
  };
}

type Surroundings = Pick<ChatViewState, "keyState" | "keyName" | "spend" | "problem">;

/** What it is told of the world around the chat. */
export async function surroundings(
  services: ExtensionServices,
  storeProblem: ChatViewState["problem"],
): Promise<Surroundings> {
  const key = await viewKey(services);
  const { spend } = services.spend;
  const shownProblem = settingsProblem(services) ?? storeProblem;
  return {
    ...key,
    ...(spend === undefined ? {} : { spend }),
    ...(shownProblem === undefined ? {} : { problem: shownProblem }),
  };
}

function settingsProblem({ settings }: ExtensionServices): ChatViewState["problem"] {
  const { invalid } = settings();
  if (invalid.length === 0) return undefined;
  const sentences = invalid.map((setting) => `${describeInvalidSetting(setting)}.`);
  return problem(`${sentences.join(" ")} Nothing was sent or lost.`, "open-settings");
}
