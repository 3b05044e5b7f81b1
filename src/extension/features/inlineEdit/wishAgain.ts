import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { pickModelOnce } from "../chat/pickModelOnce.ts";
import { rejectedAnswer, strongerView } from "../chat/strongerView.ts";
import { askInstruction } from "./askInstruction.ts";
import { type InlineWish, inlineMessages } from "./inlineOrder.ts";
import type { InlineSession } from "./inlineSession.ts";
import type { MentionDesk } from "./mentionDesk.ts";

/** What is asked for the same lines once more, and what that says of the answer before. */
interface WishAgain {
  readonly wish: InlineWish;
  readonly outcome: OutcomeKind | undefined;
}

/** The same with what is to be different. */
export async function wishRefined(
  { context }: ExtensionServices,
  session: InlineSession,
  desk: MentionDesk,
): Promise<WishAgain | undefined> {
  const { wish, target, answer } = session;
  if (wish === undefined) return undefined;
  const words = { title: "Waybill: Refine This Edit", placeholder: "What is to be different?" };
  const instruction = await askInstruction(words, context.workspaceState, desk);
  if (instruction === undefined) return undefined;
  const before = { messages: inlineMessages(target, wish), answer: answer?.text ?? "" };
  return { wish: { instruction, before }, outcome: undefined };
}

/** The same of the next model of the ladder. */
export async function wishOfStronger(
  _services: ExtensionServices,
  session: InlineSession,
): Promise<WishAgain | undefined> {
  const { wish, answer, rungs } = session;
  const { stronger } = strongerView(rungs.rung, rungs.ladder);
  if (stronger === undefined || answer === undefined || wish === undefined) return undefined;
  const { text, waybill } = answer;
  const model = { strongerThan: stronger.than, beginWith: stronger.next, rejected: rejectedAnswer(text, waybill) };
  return { wish: { ...wish, model }, outcome: "climbed" };
}

/** The same of a model that the person chooses. */
export async function wishOfOther(
  services: ExtensionServices,
  { wish }: InlineSession,
): Promise<WishAgain | undefined> {
  const choice = wish === undefined ? undefined : await pickModelOnce(services);
  if (wish === undefined || choice === undefined) return undefined;
  return { wish: { ...wish, model: { choice } }, outcome: "regenerated" };
}
