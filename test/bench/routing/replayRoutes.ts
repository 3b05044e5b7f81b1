import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY, type RoutingProfile } from "../../../src/core/routing/routePolicy.ts";
import type { TaskClassification } from "../../../src/core/tasks/taskClassification.ts";
import { attemptsAt, evidenceCatalog, meanCostUsd, solvedShare } from "./evidenceCatalog.ts";
import type { ModelResults } from "./readTaskResults.ts";

/** Rungs in the order they are asked; each next one only where all before it failed. */
type ModelLadder = readonly ModelResults[];

/** A way to choose models that has seen the tasks of `evidence` and nothing else. */
export type Strategy = (models: readonly ModelResults[], evidence: readonly number[]) => ModelLadder;

/** Sums over all judged tasks. */
export interface Replay {
  readonly tasks: number;
  readonly solved: number;
  readonly costUsd: number;
}

/** Repairing an issue across a repository, which is what SWE-bench asks for. */
const LARGE_FIX: TaskClassification = {
  taskType: "fix",
  confidence: 1,
  because: "it is an issue of a repository",
  size: "large",
  needs: { code: true, reasoning: false, images: false, tools: false, longContext: false },
};

/** Every task is judged once: each half by a choice that has seen the other half only. */
export function replayStrategy(models: readonly ModelResults[], strategy: Strategy): Replay {
  const [even, odd] = halves(models);
  return addReplays([replayLadder(strategy(models, odd), even), replayLadder(strategy(models, even), odd)]);
}

export function replayLadder(ladder: ModelLadder, tasks: readonly number[]): Replay {
  return addReplays(
    tasks.map((task) => {
      const tries = ladder.map(({ attempts }) => attempts[task] ?? { isSolved: false, costUsd: 0 });
      const solvedBy = tries.findIndex(({ isSolved }) => isSolved);
      const asked = solvedBy < 0 ? tries : tries.slice(0, solvedBy + 1);
      const costUsd = asked.reduce((sum, attempt) => sum + attempt.costUsd, 0);
      return { tasks: 1, solved: solvedBy < 0 ? 0 : 1, costUsd };
    }),
  );
}

export const alwaysCheapest: Strategy = (models, evidence) =>
  [...models]
    .toSorted((left, right) => meanCostUsd(attemptsAt(left, evidence)) - meanCostUsd(attemptsAt(right, evidence)))
    .slice(0, 1);

export const alwaysBest: Strategy = (models, evidence) =>
  [...models]
    .toSorted((left, right) => solvedShare(attemptsAt(right, evidence)) - solvedShare(attemptsAt(left, evidence)))
    .slice(0, 1);

/** What the real routing chooses, with a verdict (did the tests pass?) after each rung. */
export function waybillLadder(profile: RoutingProfile, isJudged = true): Strategy {
  return (models, evidence) => {
    const request = { task: LARGE_FIX, promptTokens: 1, nowMs: 0, isJudged };
    const route = chooseRoute(request, evidenceCatalog(models, evidence), { ...DEFAULT_POLICY, profile });
    if (route.kind === "refuse") throw new Error(`Refused: ${route.why.code}`);
    const ids = [route.choice, ...route.stronger].map(({ model }) => model.name);
    return ids.flatMap((id) => models.filter((model) => model.id === id));
  };
}

/** Without a verdict nobody knows that an answer failed, so the first one stays. */
export function waybillFirstChoice(profile: RoutingProfile): Strategy {
  return (models, evidence) => waybillLadder(profile, false)(models, evidence).slice(0, 1);
}

/** Every model on every task, as if one were drawn by lot each time. */
export function replayRandom(models: readonly ModelResults[]): Replay {
  return addReplays(models.map((model) => replayLadder([model], allTasks(models))));
}

export function allTasks(models: readonly ModelResults[]): readonly number[] {
  return models[0]?.attempts.map((_attempt, task) => task) ?? [];
}

/** Every other task, so that both halves have their share of each repository. */
function halves(models: readonly ModelResults[]): readonly [readonly number[], readonly number[]] {
  const tasks = allTasks(models);
  return [tasks.filter((task) => task % 2 === 0), tasks.filter((task) => task % 2 === 1)];
}

function addReplays(replays: readonly Replay[]): Replay {
  return replays.reduce(
    (sum, replay) => ({
      tasks: sum.tasks + replay.tasks,
      solved: sum.solved + replay.solved,
      costUsd: sum.costUsd + replay.costUsd,
    }),
    { tasks: 0, solved: 0, costUsd: 0 },
  );
}
