import type { Evidence, EvidenceMap, Feature } from "./evidence.ts";
import type { Clause } from "./readClauses.ts";
import { QUESTION_START, SCORE_TABLE, type ScoreRow } from "./scoreTable.ts";
import { TASK_TYPES, type TaskType } from "./taskType.ts";

/** The best task type, how far it is ahead of the next, and what spoke for it most. */
export interface TaskScore {
  readonly taskType: TaskType;
  readonly points: number;
  readonly margin: number;
  readonly reason: ScoreReason | undefined;
}

/** The row that gave the most points, and the phrases behind its features. */
export interface ScoreReason {
  readonly features: readonly Feature[];
  readonly phrases: readonly string[];
}

interface Tally {
  points: number;
  /** What the best row gave, so that a better one takes its place. */
  most: number;
  reason: ScoreReason | undefined;
}

const ROWS_BY_FEATURE = Map.groupBy(SCORE_TABLE, ([[first]]) => first);

export function scoreTask(clauses: readonly Clause[], context: EvidenceMap): TaskScore {
  const tallies = new Map<TaskType, Tally>();
  for (const taskType of TASK_TYPES) {
    tallies.set(taskType, { points: taskType === "question" ? QUESTION_START : 0, most: 0, reason: undefined });
  }
  for (const { evidence, weight } of [...clauses, { evidence: context, weight: 1 }]) {
    for (const feature of evidence.keys()) {
      for (const row of ROWS_BY_FEATURE.get(feature) ?? []) {
        const found = row[0].map((wanted) => evidence.get(wanted) ?? context.get(wanted));
        if (isComplete(found)) addPoints(tallies, row, { found, weight });
      }
    }
  }
  return best(tallies);
}

function isComplete(found: readonly (Evidence | undefined)[]): found is readonly Evidence[] {
  return !found.includes(undefined);
}

function addPoints(
  tallies: ReadonlyMap<TaskType, Tally>,
  [features, points]: ScoreRow,
  { found, weight }: { readonly found: readonly Evidence[]; readonly weight: number },
): void {
  const share = weight * Math.min(...found.map(({ strength }) => strength));
  for (const taskType of TASK_TYPES) {
    const tally = tallies.get(taskType);
    const added = (points[taskType] ?? 0) * share;
    if (tally === undefined || added === 0) continue;
    tally.points += added;
    if (added <= tally.most) continue;
    tally.most = added;
    tally.reason = { features, phrases: found.flatMap(({ shown }) => shown ?? []) };
  }
}

function best(tallies: ReadonlyMap<TaskType, Tally>): TaskScore {
  const [first, second] = [...tallies].toSorted(([, left], [, right]) => right.points - left.points);
  const [taskType, { points, reason }] = first ?? ["question", { points: 0, reason: undefined }];
  return { taskType, points, reason, margin: points - (second?.[1].points ?? 0) };
}
