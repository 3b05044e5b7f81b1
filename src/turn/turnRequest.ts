import type { ExceedPolicy } from "../core/budget/exceedPolicy.ts";
import type { SpendLimit } from "../core/budget/spendLimit.ts";
import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { EndpointRules } from "../core/routing/endpointNeeds.ts";
import type { CheckVerdict } from "../core/checks/checkVerdict.ts";
import type { RejectedAnswer } from "../core/routing/carryLesson.ts";
import type { WarmCache } from "../core/routing/warmCache.ts";
import type { PolicySet } from "../core/routing/routePolicy.ts";
import type { RoutingMemo } from "../core/routing/routingMemo.ts";
import type { SecretVault } from "../core/secrets/secretVault.ts";
import type { TaskClassifier } from "../core/tasks/taskClassifier.ts";
import type { TaskSignals } from "../core/tasks/taskSignals.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { Surface } from "../core/waybill/waybill.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { Ledger } from "../store/ledger.ts";
import type { Allowance } from "../store/spendLeave.ts";
import type { Outbox } from "./noteLeaving.ts";
import type { RequestLimiter } from "./requestLimiter.ts";
import type { ServiceHealth } from "./serviceHealth.ts";

/** What a request tells the gateway about whose it is. */
export interface Attribution {
  /** A stable pseudonym of the person; none is sent where it is `undefined`. */
  readonly user: string | undefined;
  /** Whether the requests of a chat carry the same made-up id: it keeps them with one provider, whose cache stays warm. */
  readonly sendsSession: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

/** One request from any surface. */
export interface TurnRequest {
  readonly turnId: string;
  readonly surface: Surface;
  /** Identifies the workspace in the ledger. */
  readonly workspace: string;
  readonly chatId: string | undefined;
  readonly messages: readonly ConversationMessage[];
  /** Set by surfaces that know what they are for; otherwise the turn is classified by its signals. */
  readonly taskType: TaskType | undefined;
  readonly signals: TaskSignals;
  readonly policies: PolicySet;
  /** An answer of this model was not accepted, so a stronger one is asked. */
  readonly strongerThan?: string;
  /** The stronger model that was offered. */
  readonly beginWith?: string;
  /** That answer, and what was wrong with it; it goes along where that is cheaper than starting afresh. */
  readonly rejected?: RejectedAnswer;
  /**
   * The surface's own check of a complete answer, for a policy that lets a failed one climb; called for nothing else. A
   * check that rejects has measured nothing.
   */
  readonly check?: (answer: string, signal: AbortSignal) => Promise<CheckVerdict>;
  /** The last request of the conversation. */
  readonly warm?: WarmCache;
  readonly limits: readonly SpendLimit[];
  /** What happens when the chosen model does not fit the limits; `downgrade` where nothing else is said. */
  readonly onExceed?: ExceedPolicy;
  /** The person let this one turn pass the limits on money. */
  readonly allowance?: Allowance;
  /** The person is asked before a question that could cost more, with all its attempts. */
  readonly askAbove?: NanoUsd | undefined;
  /** They were asked, and this question may cost as much. */
  readonly confirmedUpTo?: NanoUsd;
  readonly attribution?: Attribution;
}

/** What a turn works with. Time, ids and waiting are passed in, so that tests need no real ones. */
export interface TurnServices {
  readonly gateway: Gateway;
  /** Opens the ledger on first use; rejects when it cannot be used. */
  readonly ledger: () => Promise<Ledger>;
  /** A list that lacks the `wanted` model may be asked for again. */
  readonly catalog: (signal: AbortSignal, wanted?: string) => Promise<Catalog>;
  /** What is known of who serves the models, as far as it is in memory. */
  readonly endpoints?: () => EndpointRules | undefined;
  /** Kept from turn to turn. */
  readonly classifier: TaskClassifier;
  /** Takes secrets out of what leaves; absent where the person wants all sent as it is. */
  readonly vault?: SecretVault | undefined;
  /** Keeps what decisions have in common. */
  readonly routing?: RoutingMemo | undefined;
  readonly now: () => number;
  readonly newId: () => string;
  /** Ends early when the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Lists what leaves; nothing is listed where it is absent. */
  readonly outbox?: Outbox;
  /** Gives every request to the gateway its turn. */
  readonly limiter: RequestLimiter;
  /** Knows which models and providers keep failing. */
  readonly health: ServiceHealth;
  /** A prompt had so many tokens more than its bound. */
  readonly reportLongPrompt?: (modelId: string, tokensAbove: number) => void;
  /** For instance `01:00`: when a budget starts afresh, in the person's time. */
  readonly formatTime: (atMs: number) => string;
}
