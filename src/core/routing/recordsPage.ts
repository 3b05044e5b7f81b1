import { plainMarkdown, tableRow } from "../text/markdownTable.ts";
import { type ComparedAspect, compareArms } from "./compareArms.ts";
import { type ModelRecord, presentRecord } from "./modelRecord.ts";

const HEAD = ["Model", "Accepted", "Cost per answer", "Cost per accepted answer", "Time per answer"];

/** A provider with fewer verdicts has no line. */
const LEAST_ANSWERS = 5;

/**
 * How models did, task by task, as a Markdown page; each task's two most used models are held against each other, and so are
 * the providers of a model, which are shown where they really differ.
 */
export function recordsPage(records: readonly ModelRecord[], byProvider: readonly ModelRecord[] = []): string {
  const tasks = [...new Set(records.map(({ taskType }) => taskType))];
  return [
    "# How Models Did",
    ...(tasks.length === 0 ? [NOTHING_YET] : tasks.map((task) => taskPart(task, records, byProvider))),
    NOTE,
    "",
  ].join("\n\n");
}

const NOTHING_YET =
  "No verdict on an answer is known yet. Accepting or dropping a fix is one, and so is _Try Stronger_ under an answer.";

const NOTE =
  "Counted are answers with a verdict of yours, with what was really paid for them. A partly accepted answer counts by the " +
  "share of its changed lines that you took, or half where that is not known. " +
  "Differences are tested at 99 %, because a table that is looked at again and again finds chance differences otherwise.";

function taskPart(task: string, records: readonly ModelRecord[], byProvider: readonly ModelRecord[]): string {
  const own = records.filter(({ taskType }) => taskType === task);
  const contests = own.map((record) => ({ record, ...providerContest(record, byProvider) }));
  const rows = contests.flatMap(({ record, shown }) => [recordRow(record), ...shown.map(recordRow)]);
  const lines = [tableRow(HEAD), tableRow(HEAD.map(() => "---")), ...rows];
  const [one, other] = own;
  const ofModels = one === undefined || other === undefined ? [] : compareArms(one, other);
  const verdicts = [...ofModels, ...contests.flatMap(({ verdicts: ofProviders }) => ofProviders)].map(
    ({ sentence }) => `- ${plainMarkdown(sentence)}`,
  );
  return [`## ${task}`, lines.join("\n"), ...(verdicts.length === 0 ? [] : [verdicts.join("\n")])].join("\n\n");
}

/** The providers of a model that the most used one really differs from, it before them, and in what. */
function providerContest(
  { taskType, model }: ModelRecord,
  byProvider: readonly ModelRecord[],
): { readonly shown: readonly ModelRecord[]; readonly verdicts: readonly ComparedAspect[] } {
  const [most, ...others] = byProvider
    .filter((record) => record.taskType === taskType && record.model === model && record.answers >= LEAST_ANSWERS)
    .map((record) => ({ ...record, model: `${model} by ${record.provider}` }));
  if (most === undefined) return { shown: [], verdicts: [] };
  const compared = others.map((record) => ({
    record,
    verdicts: compareArms(most, record).filter(({ verdict }) => verdict.kind === "real"),
  }));
  const differing = compared.filter(({ verdicts }) => verdicts.length > 0);
  return {
    shown: differing.length === 0 ? [] : [most, ...differing.map(({ record }) => record)],
    verdicts: differing.flatMap(({ verdicts }) => verdicts),
  };
}

function recordRow(record: ModelRecord): string {
  const { model, accepted, costPerAnswer, costPerAccepted, timePerAnswer } = presentRecord(record);
  return tableRow([model, accepted, costPerAnswer, costPerAccepted, timePerAnswer].map(plainMarkdown));
}
