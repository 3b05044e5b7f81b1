import { formatUsd } from "../money/formatUsd.ts";
import { ZERO_USD } from "../money/nanoUsd.ts";
import { describeDemand } from "../privacy/privacyObstacle.ts";
import type { TaskClassification } from "../tasks/taskClassification.ts";
import { describeChoice } from "./describeChoice.ts";
import { formatPercent } from "./formatPercent.ts";
import type { RouteRequest } from "./routeRequest.ts";
import type { Eligibility } from "./eligibleModels.ts";
import type { OutcomesOf } from "./rankModels.ts";
import type { ModelChoice } from "./routeDecision.ts";
import { type RoutePolicy, qualityFloor, wantedFloor } from "./routePolicy.ts";
import { cacheSaving } from "./warmCache.ts";
import { successOdds } from "./successOdds.ts";

/** What led to the first rung of a ladder. */
interface RouteSteps {
  readonly request: RouteRequest;
  readonly policy: RoutePolicy;
  readonly eligibility: Eligibility;
  /** What the budget left of the policy's quality floor. */
  readonly floor: number;
  /** How many candidates reach it. */
  readonly reaching: number;
  readonly choice: ModelChoice;
  readonly stronger: readonly ModelChoice[];
  readonly outcomesOf: OutcomesOf;
  /** The first rung if nothing were known of the person's verdicts; `undefined` when nothing is. */
  readonly unlearned: ModelChoice | undefined;
}

/** Verdicts that move the odds by less than this are not worth a line. */
const NOTICEABLE_ODDS = 0.05;

export function taskReason(task: TaskClassification): string {
  return `Task: ${task.taskType} (${task.because}).`;
}

const HOUR_MS = 60 * 60 * 1000;
const WORTH_SAYING_HOURS = 6;

/** A line for a model list so old that its prices may no longer hold. */
export function catalogAgeReasons(ageMs: number): readonly string[] {
  const hours = Math.floor(ageMs / HOUR_MS);
  if (hours < WORTH_SAYING_HOURS) return [];
  const age = hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
  return [`The model list is ${age} old.`];
}

/** A line for what is demanded of whoever gets the text; it goes along with every attempt. */
export function privacyReasons({ privacy }: RoutePolicy): readonly string[] {
  return privacy === undefined ? [] : [`Privacy: ${describeDemand(privacy)}, asked of every provider.`];
}

/** One line a step, with its numbers. */
export function routeReasons(steps: RouteSteps): readonly string[] {
  const { request, eligibility, choice, stronger } = steps;
  const removed = Object.values(eligibility.excluded).reduce((sum, rows) => sum + rows, 0);
  return [
    taskReason(request.task),
    `${eligibility.eligible.length} models can take this request, ${removed} cannot.`,
    ...budgetReason(steps),
    ...experimentReason(steps),
    floorReason(steps),
    `${choice.model.name} costs least until an answer is accepted: ${describe(choice)}.`,
    ...cacheReason(steps),
    ...learnedReasons(steps),
    ...(stronger.length === 0 ? [] : [`If its answer does not do: ${stronger.map(describeRung).join(", then ")}.`]),
  ];
}

function experimentReason({ request, choice }: RouteSteps): readonly string[] {
  return request.drawn === choice.model.id ? [`Your experiment for this task drew ${choice.model.name}.`] : [];
}

function budgetReason({ request, policy, floor }: RouteSteps): readonly string[] {
  const wanted = wantedFloor(request, policy);
  if (floor === wanted || request.budgetLeft === undefined) return [];
  return [
    `${formatPercent(request.budgetLeft)} of today's budget is left, so the quality floor is ${formatPercent(floor)} instead of ${formatPercent(wanted)}.`,
  ];
}

function floorReason({ request, policy, floor, reaching }: RouteSteps): string {
  const whole = isEased(request, policy)
    ? "; less than the profile's, since others follow if its answer does not do"
    : "";
  return reaching > 0
    ? `${reaching} of them reach ${formatPercent(floor)} of the best one's quality for this task (profile ${policy.profile}${whole}).`
    : `None reaches ${formatPercent(floor)} of the best one's quality, so all stay in the race (profile ${policy.profile}).`;
}

function isEased(request: RouteRequest, policy: RoutePolicy): boolean {
  return wantedFloor(request, policy) < qualityFloor(policy);
}

/** What staying with the model of the conversation saves, or leaving it loses. */
function cacheReason({ request, choice, eligibility }: RouteSteps): readonly string[] {
  const { warm, nowMs } = request;
  const model = eligibility.eligible.find(({ id }) => id === warm?.modelId);
  const saving = model === undefined ? ZERO_USD : cacheSaving(model, warm, nowMs);
  if (model === undefined || saving === 0) return [];
  return model.id === choice.model.id
    ? [`This chat is in the model's cache, which saves about ${formatUsd(saving)}.`]
    : [`Leaving ${model.name} loses its cache of this chat, worth about ${formatUsd(saving)}.`];
}

/** What the person's verdicts changed: which model comes first, or only the odds of this one. */
function learnedReasons(steps: RouteSteps): readonly string[] {
  const { choice, unlearned } = steps;
  const own = describeVerdicts(choice, steps);
  const lines = own === undefined ? [] : [`You accepted ${own}.`];
  if (unlearned === undefined || unlearned.model.id === choice.model.id) return lines;
  const verdicts = describeVerdicts(unlearned, steps);
  const because = verdicts === undefined ? "your verdicts on others count" : `you accepted ${verdicts}`;
  return [...lines, `${unlearned.model.name} would come first by its benchmark, but ${because}.`];
}

/** For instance `9 of 12 of its answers to this task (old ones count less), so its odds are 79% and not 88%`. */
function describeVerdicts(
  { model, quality, odds }: ModelChoice,
  { request, outcomesOf }: RouteSteps,
): string | undefined {
  const counts = outcomesOf(model.id);
  if (counts === undefined || quality === undefined || odds === undefined) return undefined;
  const before = successOdds(quality, request.task.size);
  if (Math.abs(odds - before) < NOTICEABLE_ODDS) return undefined;
  const answers = Math.round(counts.accepted + counts.rejected);
  const share = `${Math.round(counts.accepted)} of ${answers} of its answers to this task (old ones count less)`;
  return `${share}, so its odds are ${formatPercent(odds)} and not ${formatPercent(before)}`;
}

function describe(choice: ModelChoice): string {
  const { cost, evidence } = describeChoice(choice);
  return `${cost}; ${evidence}`;
}

function describeRung({ model, expectedCost, quality }: ModelChoice): string {
  return `${model.name} (about ${formatUsd(expectedCost)}${quality === undefined ? "" : `, quality ${formatPercent(quality)}`})`;
}
