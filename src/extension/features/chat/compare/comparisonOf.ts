import { presentPaidTotal } from "../../../../core/budget/presentComparison.ts";
import type { AnswerView, MessageView } from "../../../../protocol/chatMessages.ts";
import type { ComparisonFigures, ComparisonView } from "../../../../protocol/compareMessages.ts";
import type { ShownTree, TreePorts } from "../shownTree.ts";

/**
 * The answers of several models that wait below the last question for one to be chosen; `undefined` where there are none. The
 * tree alone says so: once one is chosen the branch goes on through it.
 */
export function comparisonOf(tree: Pick<ShownTree, "answers" | "tip">): ComparisonView | undefined {
  const { tip } = tree;
  if (tip?.role !== "user") return undefined;
  const below = tree.answers().filter(({ parentId, compared }) => parentId === tip.id && compared !== undefined);
  const answers = below.filter(({ compared }) => compared?.kind === "answer");
  if (answers.length === 0) return undefined;
  const summary = below.findLast(({ compared }) => compared?.kind === "summary");
  return { questionId: tip.id, answers, ...(summary === undefined ? {} : { summary }), ...totalOf(answers, below) };
}

/** Tells the view what the answers side by side cost in all. */
export function tellFigures({
  tree,
  ports,
}: {
  readonly tree: Pick<ShownTree, "answers" | "tip">;
  readonly ports: Pick<TreePorts, "emit">;
}): void {
  const comparison = comparisonOf(tree);
  if (comparison === undefined) return;
  const { total } = comparison;
  ports.emit({ kind: "comparison-priced", ...(total === undefined ? {} : { total }) });
}

/** Answers that have said all they will, and something at all. */
export function completeAnswers(answers: readonly AnswerView[]): readonly AnswerView[] {
  return answers.filter(({ state, text }) => state === "done" && text.trim() !== "");
}

/** The message that the next question follows: the first whole answer where nobody has chosen among several. */
export function messageToGoOnFrom(tree: Pick<ShownTree, "answers" | "tip">): MessageView | undefined {
  const comparison = comparisonOf(tree);
  if (comparison === undefined) return tree.tip;
  const [whole] = completeAnswers(comparison.answers);
  return whole ?? comparison.answers.find(({ text }) => text !== "") ?? comparison.answers[0];
}

/** Refused answers cost nothing and are not counted. */
function totalOf(answers: readonly AnswerView[], all: readonly AnswerView[]): Pick<ComparisonFigures, "total"> {
  const ended = all.filter(({ state }) => state !== "waiting" && state !== "streaming");
  const sent = ended.filter(({ state, compared }) => state !== "failed" || compared?.paid !== undefined);
  if (sent.length === 0) return {};
  const paidOf = (some: readonly AnswerView[]) => some.map(({ compared }) => compared?.paid);
  const isAnswer = (answer: AnswerView) => answers.includes(answer);
  const summaries = sent.filter((answer) => !isAnswer(answer));
  return { total: presentPaidTotal(paidOf(sent.filter(isAnswer)), paidOf(summaries)) };
}
