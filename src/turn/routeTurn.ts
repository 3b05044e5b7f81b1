import { type MeasuredPrompt, type PromptTokensOf, largestPrompt } from "../core/budget/promptTokens.ts";
import type { LimitStanding } from "../core/budget/spendLimit.ts";
import { readOnce } from "../core/budget/textTraits.ts";
import type { TokenCalibrations } from "../core/budget/tokenCalibration.ts";
import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import { measureMessages } from "../core/conversation/measureMessages.ts";
import type { Catalog } from "../core/catalog/catalogModel.ts";
import { waysToCarry } from "../core/routing/carryLesson.ts";
import { remainingShare } from "../core/routing/budgetPressure.ts";
import { chooseArm } from "../core/routing/experiment.ts";
import { chooseRoute } from "../core/routing/chooseRoute.ts";
import type { OutcomesOf } from "../core/routing/rankModels.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";
import { type RoutePolicy, isJudged, policyFor } from "../core/routing/routePolicy.ts";
import type { TaskClassification } from "../core/tasks/taskClassification.ts";
import type { TaskClassifier } from "../core/tasks/taskClassifier.ts";
import type { Ledger } from "../store/ledger.ts";
import { fitConversation } from "./fitConversation.ts";
import { learnedCorrections } from "./learnedCorrections.ts";
import { learnedOutcomes } from "./learnedOutcomes.ts";
import { learnedTokens } from "./learnedTokens.ts";
import { type MaskedRequest, describeMasks, maskRequest } from "./maskRequest.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

/** What a turn would do, before anything is reserved or sent. */
export interface RoutedRequest extends Pick<MaskedRequest, "masks" | "rejected"> {
  readonly decision: RouteDecision;
  /** The rules for the task at hand. */
  readonly policy: RoutePolicy;
  readonly catalog: Catalog;
  /** What is asked: the request's messages with its secrets masked, without the oldest where no model takes them all. */
  readonly messages: readonly ConversationMessage[];
  readonly promptTokensOf: PromptTokensOf;
  /** What is learned of the gateway's tokenizers, for prompts that become others on the way. */
  readonly tokens: TokenCalibrations;
  /** Where the limits stood; none where the ledger could not be read. */
  readonly standings: readonly LimitStanding[];
}

export type RoutingRequest = Pick<
  TurnRequest,
  | "turnId"
  | "workspace"
  | "chatId"
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

interface RoutingServices extends Pick<
  TurnServices,
  "catalog" | "classifier" | "endpoints" | "ledger" | "now" | "routing" | "vault"
> {
  readonly gateway: Pick<TurnServices["gateway"], "hasEndpoints" | "isLocal" | "keyName" | "origin">;
}

/** Classifies and routes. Rejects when there is no model list to choose from. */
export async function routeTurn(
  services: RoutingServices,
  request: RoutingRequest,
  signal: AbortSignal,
): Promise<RoutedRequest> {
  const nowMs = services.now();
  const { masks, ...asked } = maskRequest(services.vault, request);
  const { rejected } = asked;
  const [{ task, policy, outcomesOf, standings, tokens }, listed] = await Promise.all([
    learn(services, request, nowMs),
    services.catalog(signal, request.beginWith),
  ]);
  const catalog = policy.pin === undefined ? listed : await services.catalog(signal, policy.pin);
  const { strongerThan, beginWith, warm } = request;
  const drawn = strongerThan === undefined ? chooseArm(policy.experiment ?? [], request.turnId) : undefined;
  const known = { outcomesOf, budgetLeft: remainingShare(standings), endpoints: services.endpoints?.() };
  const judged = { isJudged: isJudged(request.signals.surface, policy), memo: services.routing };
  const gateway = { isLocal: services.gateway.isLocal, takesRules: services.gateway.hasEndpoints };
  const measure = messageMeter(tokens);
  const decided = fitConversation(asked.messages, (messages) => {
    const { byteBound, tokensOf: promptTokensOf } = measureRequest({ messages, rejected }, measure);
    const wish = {
      task,
      promptTokens: byteBound,
      promptTokensOf,
      nowMs,
      strongerThan,
      beginWith,
      drawn,
      warm,
      ...known,
      ...judged,
      gateway,
    };
    return { decision: chooseRoute(wish, catalog, policy), messages, promptTokensOf };
  });
  const decision = withReasons(decided.decision, describeMasks(masks));
  return { ...decided, decision, rejected, masks, policy, catalog, tokens, standings };
}

function withReasons(decision: RouteDecision, reasons: readonly string[]): RouteDecision {
  if (reasons.length === 0) return decision;
  const { explanation } = decision;
  return { ...decision, explanation: { ...explanation, reasons: [...explanation.reasons, ...reasons] } };
}

interface Learned {
  readonly task: TaskClassification;
  /** The rules for the task. */
  readonly policy: RoutePolicy;
  readonly outcomesOf: OutcomesOf;
  readonly standings: readonly LimitStanding[];
  readonly tokens: TokenCalibrations;
}

type LearningServices = Pick<RoutingServices, "classifier" | "gateway" | "ledger">;

/** What the ledger knows of the person and the day, while the model list is fetched. Never rejects. */
async function learn(services: LearningServices, request: RoutingRequest, nowMs: number): Promise<Learned> {
  const ledger = services.ledger();
  const standings = budgetStandings(ledger, { request, gateway: services.gateway, nowMs });
  const tokens = learnedTokens(ledger, services.gateway.origin);
  const task = await classify(services.classifier, ledger, withImages(request));
  const policy = policyFor(request.policies, task.taskType);
  const { taskType } = task;
  const outcomesOf = await learnedOutcomes(ledger, { taskType, providers: policy.provider, nowMs });
  return { task, policy, outcomesOf, standings: await standings, tokens: await tokens };
}

/** A picture of an earlier question goes along as well, so only a model that sees can answer. */
function withImages(request: RoutingRequest): RoutingRequest {
  const hasImages = request.messages.some(({ images = [] }) => images.length > 0);
  return hasImages ? { ...request, signals: { ...request.signals, hasImages } } : request;
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

type MessageMeter = (messages: readonly ConversationMessage[]) => MeasuredPrompt;

/** Reads each message once, however often it is measured. */
function messageMeter(tokens: TokenCalibrations): MessageMeter {
  const read = readOnce();
  return (messages) => measureMessages(messages, tokens, read);
}

/** Of a rejected answer nobody knows yet whether it goes along, so the largest of the ways counts. */
function measureRequest({ messages, rejected }: Omit<MaskedRequest, "masks">, measure: MessageMeter): MeasuredPrompt {
  const ways = rejected === undefined ? [messages] : waysToCarry(messages, rejected);
  return largestPrompt(ways.map(measure));
}

interface StandingsWish {
  readonly request: RoutingRequest;
  readonly gateway: RoutingServices["gateway"];
  readonly nowMs: number;
}

/** Never rejects: a ledger that cannot be read is told of when the turn is about to reserve. */
async function budgetStandings(
  ledger: Promise<Ledger>,
  { request: { limits, workspace, chatId }, gateway, nowMs }: StandingsWish,
): Promise<readonly LimitStanding[]> {
  const place = { workspace, keyLabel: gateway.keyName, chat: chatId, gatewayOrigin: gateway.origin };
  try {
    return await (await ledger).standings(place, limits, nowMs);
  } catch {
    return [];
  }
}
