import { presentTokens, presentWindow } from "../../../../core/budget/presentTokens.ts";
import { readOnce } from "../../../../core/budget/textTraits.ts";
import { nameOldest } from "../../../../core/context/describeLeftOut.ts";
import { fitContext } from "../../../../core/context/fitContext.ts";
import type { FittedItem } from "../../../../core/context/contextItem.ts";
import { contextText } from "../../../../core/conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../../../../core/conversation/conversationMessage.ts";
import { countEarlier } from "../../../../core/conversation/dropOldest.ts";
import { measureMessages } from "../../../../core/conversation/measureMessages.ts";
import { offersCondensing } from "../../../../core/conversation/offersCondensing.ts";
import { SHORTEST_USEFUL_ANSWER_TOKENS } from "../../../../core/routing/priceChoice.ts";
import { widestModel } from "../../../../core/routing/widestModel.ts";
import { isWarm } from "../../../../core/routing/warmCache.ts";
import type { ComposerFields } from "../../../../protocol/composerMessages.ts";
import { isTooLong } from "../../../../turn/fitConversation.ts";
import type { RoutedRequest } from "../../../../turn/routeTurn.ts";
import type { RoutingOrder } from "../../../platform/engine.ts";
import { fittedCode } from "../pendingContext.ts";
import type { PendingItem } from "./pendingItem.ts";

export interface WeighPorts {
  /** What would be asked if the draft were sent with this. */
  readonly orderWith: (code: readonly CodeContext[]) => RoutingOrder;
  /** Routes by what is known already; `undefined` without a model list. */
  readonly routeKnown: (order: RoutingOrder) => Promise<RoutedRequest | undefined>;
  /** Absent where it is not offered. */
  readonly condensing?: CondensingRule;
}

/** When condensing the chat is offered: from so many percent of the window on, 0 for never. */
interface CondensingRule {
  readonly atPercent: number;
  readonly nowMs: number;
}

export interface WeighedContext {
  readonly items: readonly (FittedItem<PendingItem> & { readonly tokens?: string })[];
  readonly meter?: NonNullable<ComposerFields["meter"]>;
}

/**
 * What goes along as far as it fits into the largest window that may be asked, what each of it adds on the model that would be
 * asked, and how much of that model's window all of it takes. Nothing is asked of the gateway.
 */
export async function weighContext(ports: WeighPorts, items: readonly PendingItem[]): Promise<WeighedContext> {
  const whole = items.map((item) => ({ item, text: item.parts.join("") }));
  const routed = await ports.routeKnown(ports.orderWith(codeOf(whole)));
  if (routed === undefined) return { items: whole };
  if (!isTooLong(routed)) return present(routed, { ...ports, order: ports.orderWith(codeOf(whole)) }, whole);
  const fitted = await fitToWidest(ports, items);
  const order = ports.orderWith(codeOf(fitted));
  const again = await ports.routeKnown(order);
  return again === undefined ? { items: fitted } : present(again, { ...ports, order }, fitted);
}

/** What would be sent, in its order. */
function codeOf(fitted: readonly FittedItem<PendingItem>[]): readonly CodeContext[] {
  return fitted.filter(({ text }) => text !== "").map(({ item, text, note }) => fittedCode(item, text, note));
}

/** The conversation's history is gone by then: the turn leaves it out first, and no more of it than it must. */
async function fitToWidest(
  { orderWith, routeKnown }: WeighPorts,
  items: readonly PendingItem[],
): Promise<readonly FittedItem<PendingItem>[]> {
  const alone = orderWith([]);
  const routed = await routeKnown({ ...alone, messages: withoutHistory(alone.messages) });
  const widest = routed === undefined ? undefined : widestModel(routed.decision);
  if (routed === undefined || widest === undefined) return items.map((item) => ({ item, text: item.parts.join("") }));
  const read = readOnce();
  const room = Math.min(routed.policy.maxCompletionTokens, SHORTEST_USEFUL_ANSWER_TOKENS);
  return fitContext<PendingItem>({
    items,
    history: [],
    windowTokens: widest.contextTokens - room,
    measure: (kept) => {
      const messages = withoutHistory(orderWith(codeOf(kept.items)).messages);
      return measureMessages(messages, routed.tokens, read).tokensOf(widest).atMost;
    },
  }).items;
}

function withoutHistory(messages: readonly ConversationMessage[]): readonly ConversationMessage[] {
  return messages.filter(({ role }, place) => role === "system" || place === messages.length - 1);
}

function present(
  { decision, promptTokensOf, tokens: learned, messages }: RoutedRequest,
  { order, condensing }: Pick<WeighPorts, "condensing"> & { readonly order: RoutingOrder },
  fitted: readonly FittedItem<PendingItem>[],
): WeighedContext {
  if (decision.kind === "refuse") return { items: fitted };
  const { choice } = decision;
  const { text, share } = presentWindow(promptTokensOf(choice.model), choice.model.contextTokens);
  const dropped = countQuestions(order.messages) - countQuestions(messages);
  return {
    items: fitted.map((each) => {
      const [code] = codeOf([each]);
      if (code === undefined) return each;
      const { image } = code;
      const part = { content: contextText(code), ...(image === undefined ? {} : { images: [image] }) };
      return { ...each, tokens: presentTokens(part, choice, learned) };
    }),
    meter: {
      text: dropped === 0 ? text : `${text}; ${nameOldest(dropped)} left out`,
      share,
      // Where the oldest are left out already, the window is full.
      ...(offers(order, dropped === 0 ? share : 1, condensing) ? { offersCondensing: true } : {}),
    },
  };
}

function offers({ messages, warm }: RoutingOrder, share: number, rule: CondensingRule | undefined): boolean {
  if (rule === undefined) return false;
  const load = { share, earlier: countEarlier(messages), isWarm: isWarm(warm, rule.nowMs) };
  return offersCondensing(load, rule.atPercent);
}

function countQuestions(messages: readonly ConversationMessage[]): number {
  return messages.filter(({ role }) => role === "user").length;
}
