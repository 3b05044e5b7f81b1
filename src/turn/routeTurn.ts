import type { LimitStanding } from "../core/budget/spendLimit.ts";
import { promptTokensUpperBound } from "../core/budget/worstCase.ts";
import type { Catalog } from "../core/catalog/catalogModel.ts";
import { remainingShare } from "../core/routing/budgetPressure.ts";
import { chooseArm } from "../core/routing/experiment.ts";
import { chooseRoute } from "../core/routing/chooseRoute.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";
import { type RoutePolicy, policyFor } from "../core/routing/routePolicy.ts";
import type { TaskClassification } from "../core/tasks/taskClassification.ts";
import type { TaskClassifier } from "../core/tasks/taskClassifier.ts";
import type { Ledger } from "../store/ledger.ts";
import type { TaskCorrection } from "../core/tasks/taskCorrection.ts";
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
  | "warm"
>;

/** Classifies and routes. Rejects when there is no model list to choose from. */
export async function routeTurn(
  services: Pick<TurnServices, "catalog" | "classifier" | "endpoints" | "ledger" | "now">,
  request: RoutingRequest,
  signal: AbortSignal,
): Promise<RoutedRequest> {
  const nowMs = services.now();
  const ledger = services.ledger();
  const task = classify(services.classifier, request, await learnedCorrections(ledger));
  const policy = policyFor(request.policies, task.taskType);
  const learned = learnedOutcomes(ledger, { taskType: task.taskType, providers: policy.provider, nowMs });
  const standings = budgetStandings(ledger, request, nowMs);
  const catalog = await services.catalog(signal, policy.pin ?? request.beginWith);
  const promptTokens = promptTokensUpperBound(request.messages.map(({ content }) => content));
  const { strongerThan, beginWith, warm } = request;
  const drawn = strongerThan === undefined ? chooseArm(policy.experiment ?? [], request.turnId) : undefined;
  const known = {
    outcomesOf: await learned,
    budgetLeft: remainingShare(await standings),
    endpoints: services.endpoints?.(),
  };
  const decision = chooseRoute(
    { task, promptTokens, nowMs, strongerThan, beginWith, drawn, warm, ...known },
    catalog,
    policy,
  );
  return { decision, policy, catalog, promptTokens };
}

function classify(
  classifier: TaskClassifier,
  { taskType, signals }: RoutingRequest,
  corrections: readonly TaskCorrection[],
): TaskClassification {
  if (taskType === undefined) return classifier.classify(signals, corrections);
  return classifier.certain(taskType, signals, "by the command you used");
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
