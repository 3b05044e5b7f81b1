import type { WaybillErrorCode } from "../errors/waybillErrorCode.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { PrivacyDemand } from "../privacy/privacyDemand.ts";
import type { TaskType } from "../tasks/taskType.ts";
import type { CostSource } from "./costSource.ts";

export type { CostSource } from "./costSource.ts";

/** From where in the product a turn was started. */
export const SURFACES = [
  "chat",
  "explain",
  "fix",
  "code-action",
  "inline-edit",
  "commit-message",
  "review",
  "terminal",
] as const;

export type Surface = (typeof SURFACES)[number];

/** How a turn ended. `incomplete`: the stream broke off; `stopped`: the person stopped it. */
export type TurnFinish = "complete" | "length" | "filtered" | "stopped" | "incomplete" | "failed";

export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
}

/** An attempt of a turn that was followed by another: it failed before its first token, or its answer did not do. */
export interface DiscardedAttempt {
  readonly askedModel: string;
  readonly askedModelName: string;
  readonly failure: WaybillErrorCode | "rejected";
  /** By which its cost can be looked up; absent where the gateway told none. */
  readonly generationId?: string;
  /** Of a rejected answer: words that follow `the answer`, for instance `was empty`. */
  readonly lesson?: string;
  /** `nothing`: the gateway provably charged nothing. Otherwise it has a row of its own in the ledger. */
  readonly costSource: CostSource | "nothing";
  readonly cost: NanoUsd;
  /** What was held for it, where it cost more. */
  readonly heldAtMost?: NanoUsd;
  /** How long the turn then waited before it went on. */
  readonly waitedMs: number;
}

/** What was asked of the provider about the person's text, and what is known of it. */
export interface WaybillPrivacy {
  readonly demand: PrivacyDemand;
  /** The gateway is on this machine, and what it does with a request is its own affair. */
  readonly isLocal: boolean;
  /** Whether the provider is on the gateway's list of those that keep nothing; `undefined` where that is not known. */
  readonly keepsNothing: boolean | undefined;
}

/** The receipt of a turn. Times are in milliseconds, `startedAtMs` since the epoch. */
export interface Waybill {
  readonly turnId: string;
  readonly generationId: string | undefined;
  readonly surface: Surface;
  readonly taskType: TaskType;
  readonly gatewayOrigin: string;
  readonly askedModel: string;
  readonly askedModelName: string;
  readonly servedModel: string | undefined;
  readonly servedModelName: string | undefined;
  readonly provider: string | undefined;
  readonly startedAtMs: number;
  readonly firstTokenMs: number | undefined;
  readonly totalMs: number;
  readonly usage: TokenUsage | undefined;
  /** Prompt tokens the reservation counted with, where there were more. */
  readonly promptTokensAtMost?: number | undefined;
  /** What was held for it, where it cost more. */
  readonly heldAtMost?: NanoUsd | undefined;
  /** What counts against the budgets. For `unknown` it is the whole reservation, never 0. */
  readonly cost: NanoUsd;
  readonly costSource: CostSource;
  readonly finish: TurnFinish;
  /** Absent where nothing was asked. */
  readonly privacy?: WaybillPrivacy;
  readonly reasons: readonly string[];
  /** What was tried before, oldest first. */
  readonly discarded: readonly DiscardedAttempt[];
}
