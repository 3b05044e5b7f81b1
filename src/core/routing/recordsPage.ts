import { plainMarkdown, tableRow } from "../text/markdownTable.ts";
import { compareArms } from "./compareArms.ts";
import { type ModelRecord, presentRecord } from "./modelRecord.ts";

const HEAD = ["Model", "Accepted", "Cost per answer", "Cost per accepted answer", "Time per answer"];

/** How models did, task by task, as a Markdown page; each task's two most used models are held against each other. */
export function recordsPage(records: readonly ModelRecord[]): string {
  const tasks = [...new Set(records.map(({ taskType }) => taskType))];
  return [
    "# How Models Did",
    ...(tasks.length === 0 ? [NOTHING_YET] : tasks.map((task) => taskPart(task, records))),
    NOTE,
    "",
  ].join("\n\n");
}

const NOTHING_YET =
  "No verdict on an answer is known yet. Accepting or dropping a fix is one, and so is _Try Stronger_ under an answer.";

const NOTE =
  "Counted are answers with a verdict of yours, with what was really paid for them. A partly accepted answer counts half. " +
  "Differences are tested at 99 %, because a table that is looked at again and again finds chance differences otherwise.";

function taskPart(task: string, records: readonly ModelRecord[]): string {
  const own = records.filter(({ taskType }) => taskType === task);
  const lines = [tableRow(HEAD), tableRow(HEAD.map(() => "---")), ...own.map(recordRow)];
  const [one, other] = own;
  const verdicts =
    one === undefined || other === undefined
      ? []
      : compareArms(one, other).map(({ sentence }) => `- ${plainMarkdown(sentence)}`);
  return [`## ${task}`, lines.join("\n"), ...(verdicts.length === 0 ? [] : [verdicts.join("\n")])].join("\n\n");
}

function recordRow(record: ModelRecord): string {
  const { model, accepted, costPerAnswer, costPerAccepted, timePerAnswer } = presentRecord(record);
  return tableRow([model, accepted, costPerAnswer, costPerAccepted, timePerAnswer].map(plainMarkdown));
}
