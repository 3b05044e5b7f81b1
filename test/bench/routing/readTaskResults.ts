import { readFile } from "node:fs/promises";

/** One attempt of one model at one task. */
export interface TaskAttempt {
  readonly isSolved: boolean;
  readonly costUsd: number;
}

/** What one model did with every task, in the order of the tasks, which is the same for all models. */
export interface ModelResults {
  readonly id: string;
  readonly attempts: readonly TaskAttempt[];
}

/** The published results; the file says where they come from. A model with a cost of 0 is left out: 0 means missing. */
export async function readTaskResults(): Promise<readonly ModelResults[]> {
  const text = await readFile(new URL("sweBenchResults.csv", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const [[, ...ids] = [], ...rows] = lines.map((line) => line.split(","));
  return ids
    .map((id, column) => ({ id, attempts: rows.map((cells) => readAttempt(cells[column + 1])) }))
    .filter(({ attempts }) => attempts.every(({ costUsd }) => costUsd > 0));
}

function readAttempt(cell = ""): TaskAttempt {
  const thousandths = Number(cell);
  if (cell === "" || Number.isNaN(thousandths)) throw new Error(`Not a cost: "${cell}"`);
  return { isSolved: thousandths > 0, costUsd: Math.abs(thousandths) / 1000 };
}
