import { formatPercent } from "../../../src/core/routing/formatPercent.ts";
import type { RoutingProfile } from "../../../src/core/routing/routePolicy.ts";
import type { BenchReport } from "../benchReport.ts";
import type { Figure } from "../figure.ts";
import { idealLadder, solvedOnLine } from "./idealChoices.ts";
import { type ModelResults, readTaskResults } from "./readTaskResults.ts";
import {
  type Replay,
  allTasks,
  alwaysBest,
  alwaysCheapest,
  replayRandom,
  replayStrategy,
  waybillFirstChoice,
  waybillLadder,
} from "./replayRoutes.ts";

const PROFILES = ["economy", "balanced", "quality"] as const;
/** The profiles that are to save money; `quality` is asked for by who would rather pay than try twice. */
const SAVING_PROFILES = ["economy", "balanced"] as const;
const COST_BESIDE_BEST = 0.3;

/** Routing replayed on published results of real models on real tasks. */
export async function measureRoutingQuality(): Promise<BenchReport> {
  const models = await readTaskResults();
  const best = replayStrategy(models, alwaysBest);
  return {
    figures: SAVING_PROFILES.flatMap((profile) => profileFigures(models, best, profile)),
    tables: [strategyTable(models, best)],
    notes: [
      `Routing is replayed on ${allTasks(models).length} tasks of SWE-bench Verified, each tried by ${models.length} models at the cost it had; the file says where the results come from. A verdict is whether the task's tests passed, which is better than what a person sees.`,
      "Each half of the tasks is judged by a choice that knows the other half only: the share solved there is the catalog's coding index, the mean cost there the price. The routing's constants were chosen on the half of even tasks; docs/performance.md judges the halves apart. One standard error of a share is 4 points.",
      "An ideal ladder is chosen in hindsight from all ladders of up to three rungs: the cheapest that solves what always-best solves.",
      "The line of fixed models is what asking one of two models by lot solves at a given cost.",
    ],
  };
}

function profileFigures(models: readonly ModelResults[], best: Replay, profile: RoutingProfile): Figure[] {
  const ladder = replayStrategy(models, waybillLadder(profile));
  const first = replayStrategy(models, waybillFirstChoice(profile));
  const line = solvedOnLine(models, costPerTask(first));
  return [
    {
      what: `Solved with a verdict after each rung, profile ${profile}, beside always-best`,
      value: share(ladder) * 100,
      unit: "%",
      ratio: share(ladder) / share(best),
      ratioAtLeast: 1,
    },
    {
      what: `… at this cost a task, beside always-best`,
      value: costPerTask(ladder),
      unit: "USD",
      ratio: costPerTask(ladder) / costPerTask(best),
      ratioAtMost: COST_BESIDE_BEST,
    },
    {
      what: `Solved without verdicts, profile ${profile}, beside the line of fixed models`,
      value: share(first) * 100,
      unit: "%",
      ratio: share(first) / line,
      ratioAtLeast: 1,
    },
  ];
}

function strategyTable(models: readonly ModelResults[], best: Replay): string {
  const ideal = idealLadder(models, best.solved);
  const strategies: readonly (readonly [string, Replay])[] = [
    ["always the cheapest model", replayStrategy(models, alwaysCheapest)],
    ["always the best model", best],
    ["a random model", replayRandom(models)],
    ...PROFILES.map((each) => [`${each}, no verdict`, replayStrategy(models, waybillFirstChoice(each))] as const),
    ...PROFILES.map((each) => [`${each}, verdicts`, replayStrategy(models, waybillLadder(each))] as const),
    ...(ideal === undefined ? [] : [["ideal ladder, in hindsight", ideal] as const]),
  ];
  const header = [
    "| Choice | Solved | Cost a task | Cost a solved task | Solved beside best | Cost beside best |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
  ];
  return [...header, ...strategies.map(([name, replay]) => strategyRow(name, replay, best))].join("\n");
}

function strategyRow(name: string, replay: Replay, best: Replay): string {
  const cells = [
    name,
    formatPercent(share(replay)),
    dollars(costPerTask(replay)),
    dollars(replay.costUsd / replay.solved),
    formatPercent(share(replay) / share(best)),
    formatPercent(costPerTask(replay) / costPerTask(best)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function share({ solved, tasks }: Replay): number {
  return solved / tasks;
}

function costPerTask({ costUsd, tasks }: Replay): number {
  return costUsd / tasks;
}

function dollars(value: number): string {
  return `$${value.toFixed(3)}`;
}
