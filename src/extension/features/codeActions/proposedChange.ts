import type { RewriteWish } from "../../../core/actions/rewriteWish.ts";
import type { CodeContext, ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import { type TargetCode, withReplacement } from "./targetCode.ts";

/** A change of code that a model is asked for. Its answer is one block of code that takes the place of the target. */
export interface ProposedChange {
  readonly target: TargetCode;
  readonly wish: Omit<RewriteWish, "instruction">;
  readonly messages: readonly ConversationMessage[];
  /** What the messages hold besides the target; the title names it. */
  readonly beside?: readonly CodeContext[];
  /** What stands around the block that the answer does not hold, for instance the last line's end of a new file. */
  readonly before?: string;
  readonly after?: string;
}

/** Names all that is sent. */
export function titleOf({ target, wish, beside = [] }: ProposedChange): string {
  const title = `Waybill: ${wish.title} ${target.context.label}`;
  return beside.length === 0 ? title : `${title} (${beside.map(({ label }) => label).join("; ")})`;
}

export function replacementOf({ before = "", after = "" }: ProposedChange, code: string): string {
  return `${before}${code}${after}`;
}

/** The whole document with the change, for showing. */
export function changedText(change: ProposedChange, code: string): string {
  return withReplacement(change.target, replacementOf(change, code));
}
