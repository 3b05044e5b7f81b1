import { type SortedChanges, nameSkipped } from "../../../core/changes/skippedFiles.ts";
import { buildReviewMessages, numberedChanges } from "../../../core/review/buildReviewMessages.ts";
import { checkFindings } from "../../../core/review/checkFindings.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import type { Engine, TurnOrder } from "../../platform/engine.ts";
import { type FittedChanges, fitChanges } from "../../platform/fitChanges.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";

/** More is no review any more, but a bill. */
const MOST_PROMPT_TOKENS = 100_000;

interface ReviewOrder {
  readonly order: TurnOrder;
  /** Files of which only a part is sent. */
  readonly notWhole: readonly string[];
}

/** The turn that asks for the review, with as much of the changes as fits. */
export async function reviewOrder(
  engine: Pick<Engine, "routeKnown">,
  { shown, skipped }: SortedChanges,
): Promise<ReviewOrder> {
  const messagesWith = ({ text, notWhole }: FittedChanges) =>
    buildReviewMessages(text, [...nameSkipped(skipped), ...notWhole]);
  const order = {
    surface: "review",
    taskType: "review",
    workspace: workspaceKey(),
    chatId: undefined,
    signals: signalsOf({ text: "", code: [], surface: "review" }),
    check: async (answer) => checkFindings(answer),
  } satisfies Omit<TurnOrder, "messages">;
  const files = shown.map((file) => ({ path: file.path, parts: numberedChanges(file) }));
  const fitted = await fitChanges(engine, files, { messagesWith, order, mostTokens: MOST_PROMPT_TOKENS });
  return { order: { ...order, messages: messagesWith(fitted) }, notWhole: fitted.notWhole };
}
