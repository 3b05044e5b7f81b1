import type { ModelResults } from "./readTaskResults.ts";
import { type Replay, allTasks, replayLadder } from "./replayRoutes.ts";

/** The cheapest ladder of up to three rungs that solves `solved` tasks or more: chosen in hindsight, a bound for all others. */
export function idealLadder(models: readonly ModelResults[], solved: number): Replay | undefined {
  const ladders = models.flatMap((first) => [
    [first],
    ...models.flatMap((second) => [[first, second], ...models.map((third) => [first, second, third])]),
  ]);
  return ladders
    .map((ladder) => replayLadder(ladder, allTasks(models)))
    .filter((replay) => replay.solved >= solved)
    .toSorted((left, right) => left.costUsd - right.costUsd)[0];
}

/**
 * The share solved by the best mix of two fixed models at this mean cost: the line above all fixed choices, on which one lies
 * by asking each of the two for a part of the tasks.
 */
export function solvedOnLine(models: readonly ModelResults[], costUsd: number): number {
  const points = models.map((model) => replayLadder([model], allTasks(models))).map(perTask);
  const mixes = points.flatMap((cheap) => points.map((dear) => mixAt(cheap, dear, costUsd)));
  return Math.max(...mixes);
}

interface CostAndShare {
  readonly costUsd: number;
  readonly solved: number;
}

function perTask({ tasks, solved, costUsd }: Replay): CostAndShare {
  return { costUsd: costUsd / tasks, solved: solved / tasks };
}

/** Below the cheapest model's cost part of the tasks is left alone. */
function mixAt(cheap: CostAndShare, dear: CostAndShare, costUsd: number): number {
  if (costUsd <= cheap.costUsd) return (cheap.solved * costUsd) / cheap.costUsd;
  if (costUsd >= dear.costUsd) return Math.max(cheap.solved, dear.solved);
  const part = (costUsd - cheap.costUsd) / (dear.costUsd - cheap.costUsd);
  return cheap.solved + part * (dear.solved - cheap.solved);
}
