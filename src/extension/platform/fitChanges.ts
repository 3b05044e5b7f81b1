import { readOnce } from "../../core/budget/textTraits.ts";
import type { ContextItem } from "../../core/context/contextItem.ts";
import { fitContext } from "../../core/context/fitContext.ts";
import { measureMessages } from "../../core/conversation/measureMessages.ts";
import type { ConversationMessage } from "../../core/conversation/conversationMessage.ts";
import { SHORTEST_USEFUL_ANSWER_TOKENS } from "../../core/routing/priceChoice.ts";
import { widestModel } from "../../core/routing/widestModel.ts";
import type { Engine, RoutingOrder, TurnOrder } from "./engine.ts";

/** What one file's changes look like to a model, cut where they may be cut. */
export interface ShownChanges {
  readonly path: string;
  readonly parts: readonly string[];
}

export interface FittedChanges {
  readonly text: string;
  /** Files that are not there, or not whole, each with what is missing. */
  readonly notWhole: readonly string[];
}

interface FittingRule {
  /** What would be asked with these. */
  readonly messagesWith: (changes: FittedChanges) => readonly ConversationMessage[];
  readonly order: Omit<TurnOrder, "messages">;
  /** Of the prompt, at most, whatever the model would take. */
  readonly mostTokens: number;
}

interface ChangesItem extends ContextItem {
  readonly path: string;
}

/**
 * As much of the changes as fits into the largest window that may be asked, by what is known of models already; later files are
 * cut before earlier ones, each from its end. Nothing is asked of the gateway.
 */
export async function fitChanges(
  engine: Pick<Engine, "routeKnown">,
  files: readonly ShownChanges[],
  { messagesWith, order, mostTokens }: FittingRule,
): Promise<FittedChanges> {
  const whole: FittedChanges = { text: files.flatMap(({ parts }) => parts).join(""), notWhole: [] };
  const alone: RoutingOrder = { ...order, messages: messagesWith({ text: "", notWhole: [] }) };
  const routed = await engine.routeKnown(alone).catch(() => undefined);
  const widest = routed === undefined ? undefined : widestModel(routed.decision);
  // Without a list of models the turn fetches one, and says itself when nothing takes this much.
  if (routed === undefined || widest === undefined) return whole;
  const room = Math.min(routed.policy.maxCompletionTokens, SHORTEST_USEFUL_ANSWER_TOKENS);
  const read = readOnce();
  const fitted = fitContext<ChangesItem>({
    items: files.map((file) => ({ ...file, rank: "mention", unit: "change" })),
    history: [],
    windowTokens: Math.min(widest.contextTokens - room, mostTokens),
    measure: ({ items }) => measureMessages(messagesWith(joined(items)), routed.tokens, read).tokensOf(widest).atMost,
  });
  return joined(fitted.items);
}

function joined(items: ReturnType<typeof fitContext<ChangesItem>>["items"]): FittedChanges {
  return {
    text: items.map(({ text }) => text).join(""),
    notWhole: items.flatMap(({ item, note }) => (note === undefined ? [] : [`${item.path} (${note})`])),
  };
}
