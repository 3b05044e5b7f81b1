import { formatUsd } from "../money/formatUsd.ts";
import { type NanoUsd, addUsd, toNanoUsd } from "../money/nanoUsd.ts";
import type { TaskType } from "../tasks/taskType.ts";
import { type KnownShares, type OutcomeKind, countsOfAll } from "./outcomeKind.ts";

/** Sums over the answers of one model by one provider to one task that met the same kind of outcome. */
export interface OutcomeSums {
  readonly taskType: TaskType;
  readonly model: string;
  /** Display name; `undefined` where the gateway did not say. */
  readonly provider?: string | undefined;
  readonly kind: OutcomeKind;
  readonly answers: number;
  /** Of partly accepted ones; absent where no share is known. */
  readonly shares?: KnownShares | undefined;
  readonly cost: NanoUsd;
  readonly totalMs: number;
  /** Sums of squares, for how much single answers differ; no money is computed from them. */
  readonly costSquares: number;
  readonly totalMsSquares: number;
}

/** What a model's answers to one task cost, took and were worth. Nothing decays here: this is what was paid. */
export interface ModelRecord {
  readonly taskType: TaskType;
  readonly model: string;
  /** Set where the record is of the model's answers by one provider. */
  readonly provider?: string;
  /** Answers that the person gave a verdict on. */
  readonly answers: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly cost: NanoUsd;
  readonly totalMs: number;
  readonly costSquares: number;
  readonly totalMsSquares: number;
}

/** One record a task and model, the most used first. */
export function modelRecords(sums: readonly OutcomeSums[]): readonly ModelRecord[] {
  const records = new Map<string, ModelRecord>();
  for (const sum of sums) {
    const key = `${sum.taskType} ${sum.model}`;
    records.set(key, addSums(records.get(key), sum));
  }
  return [...records.values()].toSorted(
    (left, right) => right.answers - left.answers || (nameOf(left) < nameOf(right) ? -1 : 1),
  );
}

/** One record a task, model and provider, the most used first; without those whose provider is not known. */
export function providerRecords(sums: readonly OutcomeSums[]): readonly ModelRecord[] {
  const known = Map.groupBy(sums, ({ provider }) => provider);
  return [...known]
    .flatMap(([provider, own]) =>
      provider === undefined ? [] : modelRecords(own).map((record) => ({ ...record, provider })),
    )
    .toSorted((left, right) => right.answers - left.answers);
}

/** What an accepted answer costs when those that were not accepted are paid for, too; `undefined` when none was. */
export function costPerAccepted({ cost, accepted }: ModelRecord): NanoUsd | undefined {
  return accepted === 0 ? undefined : toNanoUsd(Math.round(cost / accepted));
}

/** A record as the cells of a table's row. */
export interface PresentedRecord {
  readonly taskType: string;
  readonly model: string;
  /** For instance `9 of 12`. */
  readonly accepted: string;
  readonly costPerAnswer: string;
  readonly costPerAccepted: string;
  readonly timePerAnswer: string;
}

export function presentRecord(record: ModelRecord): PresentedRecord {
  const { taskType, model, answers, accepted, rejected, cost, totalMs } = record;
  const dear = costPerAccepted(record);
  return {
    taskType,
    model,
    accepted: `${roundTenth(accepted)} of ${roundTenth(accepted + rejected)}`,
    costPerAnswer: formatUsd(toNanoUsd(Math.round(cost / answers))),
    costPerAccepted: dear === undefined ? "none accepted" : formatUsd(dear),
    timePerAnswer: `${(totalMs / answers / 1000).toFixed(1)} s`,
  };
}

function addSums(known: ModelRecord | undefined, sum: OutcomeSums): ModelRecord {
  const { accepted, rejected } = countsOfAll(sum.kind, sum.answers, sum.shares);
  return {
    taskType: sum.taskType,
    model: sum.model,
    answers: (known?.answers ?? 0) + sum.answers,
    accepted: (known?.accepted ?? 0) + accepted,
    rejected: (known?.rejected ?? 0) + rejected,
    cost: known === undefined ? sum.cost : addUsd(known.cost, sum.cost),
    totalMs: (known?.totalMs ?? 0) + sum.totalMs,
    costSquares: (known?.costSquares ?? 0) + sum.costSquares,
    totalMsSquares: (known?.totalMsSquares ?? 0) + sum.totalMsSquares,
  };
}

function nameOf({ taskType, model }: ModelRecord): string {
  return `${taskType} ${model}`;
}

/** Fractions come from partly accepted answers. */
function roundTenth(count: number): string {
  return String(Math.round(count * 10) / 10);
}
