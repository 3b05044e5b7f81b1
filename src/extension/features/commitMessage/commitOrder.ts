import { type SortedChanges, nameSkipped } from "../../../core/changes/skippedFiles.ts";
import { type CommitRequest, buildCommitMessages } from "../../../core/commit/buildCommitMessages.ts";
import { thriftyPolicies } from "../../../core/routing/thriftyPolicies.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import type { Engine, TurnOrder } from "../../platform/engine.ts";
import { type FittedChanges, type ShownChanges, fitChanges } from "../../platform/fitChanges.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";

/** Enough for a message and for a model that cannot but think a little before it. */
const MOST_ANSWER_TOKENS = 1_000;
/** A message says a few lines: more of the diff would cost more than it tells. */
const MOST_PROMPT_TOKENS = 30_000;

export interface CommitOrder {
  readonly order: TurnOrder;
  /** Files of which only a part is sent. */
  readonly notWhole: readonly string[];
}

/** The turn that asks for the message, with as much of the changes as fits. */
export async function commitOrder(
  engine: Pick<Engine, "routeKnown">,
  { shown, skipped }: SortedChanges,
  { style, hint }: Pick<CommitRequest, "style" | "hint">,
): Promise<CommitOrder> {
  const messagesWith = ({ text, notWhole }: FittedChanges) =>
    buildCommitMessages({ style, hint, diff: text, notShown: [...nameSkipped(skipped), ...notWhole] });
  const files: readonly ShownChanges[] = shown.map(({ path, header, hunks }) => ({
    path,
    parts: hunks.length === 0 ? [header] : hunks.map(({ text }, place) => (place === 0 ? header + text : text)),
  }));
  const order = {
    surface: "commit-message",
    taskType: "commit-message",
    workspace: workspaceKey(),
    chatId: undefined,
    signals: signalsOf({ text: "", code: [], surface: "commit-message" }),
    narrow: (policies) => thriftyPolicies(policies, { taskType: "commit-message", mostTokens: MOST_ANSWER_TOKENS }),
  } satisfies Omit<TurnOrder, "messages">;
  const fitted = await fitChanges(engine, files, { messagesWith, order, mostTokens: MOST_PROMPT_TOKENS });
  return { order: { ...order, messages: messagesWith(fitted) }, notWhole: fitted.notWhole };
}
