import { condensedMessages, summaryRequest } from "../../../core/conversation/condensed.ts";
import type { CondensingOffer } from "../../../core/conversation/describeCondensing.ts";
import { thriftyPolicies } from "../../../core/routing/thriftyPolicies.ts";
import { cacheSaving } from "../../../core/routing/warmCache.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { ProblemView } from "../../../protocol/chatMessages.ts";
import type { RoutedRequest } from "../../../turn/routeTurn.ts";
import type { RoutingOrder, TurnOrder } from "../../platform/engine.ts";
import { isSummary, saidBefore } from "./chatHistory.ts";
import type { ChatSession } from "./chatSession.ts";
import { orderOf } from "./question.ts";

/** A summary is asked for at the end of this branch, as it was then. */
export interface CondensingPlan {
  /** The last message that the summary stands for. */
  readonly tipId: string;
  readonly count: number;
  readonly order: TurnOrder;
}

/** Of the answer, with the little that a model may think before it. */
const MOST_TOKENS = 2_000;
/** As long as summaries are asked to be. */
const USUAL_SUMMARY = "word ".repeat(500);
/** One exchange is no shorter as a summary. */
const FEWEST_MESSAGES = 3;

/** What condensing the shown branch would ask; `undefined` where there is too little to condense, or no answer at its end. */
export function planCondensing({ messages, tree, chatId, workspace, choice }: ChatSession): CondensingPlan | undefined {
  const tip = messages.at(-1);
  const fresh = messages.length - 1 - messages.findLastIndex(isSummary);
  if (tip?.role !== "assistant" || tip.text === "" || fresh < FEWEST_MESSAGES || tree.awaitsOther) return undefined;
  const asked = summaryRequest(saidBefore(messages));
  const count = messages.filter((message) => !isSummary(message)).length;
  const order: TurnOrder = {
    surface: "chat",
    taskType: "question",
    workspace,
    chatId,
    messages: asked,
    signals: signalsOf({ text: "", code: [], surface: "chat" }),
    // A profile of the chat may be a promise of privacy; a model of its own would be dear for this.
    ...(choice?.kind === "profile" ? { choice } : {}),
    narrow: (policies) => thriftyPolicies(policies, { taskType: "question", mostTokens: MOST_TOKENS }),
  };
  return { tipId: tip.id, count, order };
}

/** The figures to ask the person with, by what is known already; `undefined` where no model can be asked. */
export async function priceCondensing(
  session: ChatSession,
  plan: CondensingPlan,
  routeKnown: (order: RoutingOrder) => Promise<RoutedRequest | undefined>,
): Promise<CondensingOffer | undefined> {
  const routed = await routeKnown(plan.order);
  if (routed?.decision.kind !== "route") return undefined;
  const { model, expectedCost, worstCase } = routed.decision.choice;
  const before = await routeKnown(nextOrder(session, saidBefore(session.messages)));
  const after = await routeKnown(nextOrder(session, condensedMessages(USUAL_SUMMARY)));
  const figures = { count: plan.count, modelName: model.name, expectedCost, worstCase };
  if (before?.decision.kind !== "route" || after?.decision.kind !== "route") {
    return { ...figures, nextCost: undefined, cacheSaving: cacheSaving(model, undefined, 0) };
  }
  const { choice } = before.decision;
  return {
    ...figures,
    nextCost: { before: choice.expectedCost, after: after.decision.choice.expectedCost },
    cacheSaving: cacheSaving(choice.model, session.warm, session.ports.nowMs()),
  };
}

/** A question of no length, as the chat asks it; what the cache saves is told apart. */
function nextOrder({ chatId, workspace, choice }: ChatSession, history: RoutingOrder["messages"]): RoutingOrder {
  const question = { text: "Go on.", code: [], surface: "chat", taskType: undefined } as const;
  return orderOf(question, { chatId, workspace, history, choice, warm: undefined });
}

/** How it ended. Whatever went wrong, the chat is as it was. */
export type Condensed =
  | { readonly kind: "condensed" }
  | { readonly kind: "stopped" }
  /** Its place is gone, or another window writes there by now. */
  | { readonly kind: "overtaken" }
  | { readonly kind: "failed"; readonly problem: ProblemView | undefined };

/** Has a cheap model write the summary, as a turn of its own with budget and row in the ledger, and puts it below its messages. */
export async function condense(session: ChatSession, plan: CondensingPlan, signal: AbortSignal): Promise<Condensed> {
  const { tree, ports } = session;
  const id = ports.newId();
  const written = { text: "", problem: undefined as ProblemView | undefined, isWhole: false, isIn: false };
  for await (const event of ports.runTurn(plan.order, signal)) {
    if ("waybill" in event && event.waybill !== undefined) ports.noteWaybill(event.waybill);
    if (event.type === "text-delta") written.text += event.text;
    if ("problem" in event) written.problem = event.problem;
    if (event.type === "turn-end" && event.waybill.finish === "complete") {
      const text = written.text.trim();
      written.isWhole = text !== "";
      written.isIn = putSummary(session, plan, { id, text, waybill: event.waybill });
    }
    if (event.type === "waybill-corrected") tree.settle(id, { waybill: presentWaybill(event.waybill) });
  }
  if (written.isIn) return { kind: "condensed" };
  if (written.isWhole) return { kind: "overtaken" };
  return signal.aborted ? { kind: "stopped" } : { kind: "failed", problem: written.problem };
}

/** What was asked meanwhile follows the summary. An answer that is gone takes its summary along. */
function putSummary(
  session: ChatSession,
  { tipId, count }: CondensingPlan,
  { id, text, waybill }: { id: string; text: string; waybill: Waybill },
): boolean {
  const { tree } = session;
  if (text === "" || tree.find(tipId) === undefined) return false;
  const followers = tree.followers(tipId);
  const receipt = presentWaybill(waybill);
  const summary = { role: "assistant", id, parentId: tipId, text, reasoning: "", state: "done" } as const;
  if (!tree.putIn({ ...summary, waybill: receipt, condenses: count }, followers)) return false;
  session.forgetWarm();
  return true;
}
