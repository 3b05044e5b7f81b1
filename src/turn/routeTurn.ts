import type { LimitStanding } from "../core/budget/spendLimit.ts";
import { promptTokensUpperBound } from "../core/budget/worstCase.ts";
import type { Catalog } from "../core/catalog/catalogModel.ts";
import { carriedTokensUpperBound } from "../core/routing/carryLesson.ts";
import { remainingShare } from "../core/routing/budgetPressure.ts";
import { chooseArm } from "../core/routing/experiment.ts";
import { chooseRoute } from "../core/routing/chooseRoute.ts";
import type { OutcomesOf } from "../core/routing/rankModels.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";
import { type RoutePolicy, policyFor } from "../core/routing/routePolicy.ts";
import type { TaskClassification } from "../core/tasks/taskClassification.ts";
import type { TaskClassifier } from "../core/tasks/taskClassifier.ts";
import type { Ledger } from "../store/ledger.ts";
import { learnedCorrections } from "./learnedCorrections.ts";
import { learnedOutcomes } from "./learnedOutcomes.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

/** What a turn would do, before anything is reserved or sent. */
export interface RoutedRequest {
  readonly decision: RouteDecision;
  /** The rules for the task at hand. */
  readonly policy: RoutePolicy;
  readonly catalog: Catalog;
  /** Upper bound. */
  readonly promptTokens: number;
}

export type RoutingRequest = Pick<
  TurnRequest,
  | "turnId"
  | "workspace"
  | "messages"
  | "taskType"
  | "signals"
  | "policies"
  | "limits"
  | "strongerThan"
  | "beginWith"
  | "rejected"
  | "warm"
>;

/** Classifies and routes. Rejects when there is no model list to choose from. */
export async function routeTurn(
  services: Pick<TurnServices, "catalog" | "classifier" | "endpoints" | "ledger" | "now">,
  request: RoutingRequest,
  signal: AbortSignal,
): Promise<RoutedRequest> {
  const nowMs = services.now();
  const [{ task, policy, outcomesOf, standings }, listed] = await Promise.all([
    learn(services, request, nowMs),
    services.catalog(signal, request.beginWith),
  ]);
  const catalog = policy.pin === undefined ? listed : await services.catalog(signal, policy.pin);
  const promptTokens = promptTokensOf(request);
  const { strongerThan, beginWith, warm } = request;
  const drawn = strongerThan === undefined ? chooseArm(policy.experiment ?? [], request.turnId) : undefined;
  const known = { outcomesOf, budgetLeft: remainingShare(standings), endpoints: services.endpoints?.() };
  const decision = chooseRoute(
    { task, promptTokens, nowMs, strongerThan, beginWith, drawn, warm, ...known },
    catalog,
    policy,
  );
  return { decision, policy, catalog, promptTokens };
}

interface Learned {
  readonly task: TaskClassification;
  /** The rules for the task. */
  readonly policy: RoutePolicy;
  readonly outcomesOf: OutcomesOf;
  readonly standings: readonly LimitStanding[];
}

type LearningServices = Pick<TurnServices, "classifier" | "ledger">;

/** What the ledger knows of the person and the day, while the model list is fetched. Never rejects. */
async function learn(services: LearningServices, request: RoutingRequest, nowMs: number): Promise<Learned> {
  const ledger = services.ledger();
  const standings = budgetStandings(ledger, request, nowMs);
  const task = await classify(services.classifier, ledger, request);
  const policy = policyFor(request.policies, task.taskType);
  const { taskType } = task;
  const outcomesOf = await learnedOutcomes(ledger, { taskType, providers: policy.provider, nowMs });
  return { task, policy, outcomesOf, standings: await standings };
}

/** Corrections are of no use where the task is certain. */
async function classify(
  classifier: TaskClassifier,
  ledger: Promise<Ledger>,
  { taskType, signals }: RoutingRequest,
): Promise<TaskClassification> {
  if (taskType !== undefined) return classifier.certain(taskType, signals, "by the command you used");
  return classifier.classify(signals, await learnedCorrections(ledger));
}

/** Upper bound, whether a rejected answer goes along or not. */
function promptTokensOf({ messages, rejected }: RoutingRequest): number {
  return rejected === undefined
    ? promptTokensUpperBound(messages.map(({ content }) => content))
    : carriedTokensUpperBound(messages, rejected);
}

/** Never rejects: a ledger that cannot be read is told of when the turn is about to reserve. */
async function budgetStandings(
  ledger: Promise<Ledger>,
  { workspace, limits }: RoutingRequest,
  nowMs: number,
): Promise<readonly LimitStanding[]> {
  try {
    return await (await ledger).standings(workspace, limits, nowMs);
  } catch {
    return [];
  }
}
