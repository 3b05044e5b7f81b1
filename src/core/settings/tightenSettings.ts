import { type ExceedPolicy, tightestExceedPolicy } from "../budget/exceedPolicy.ts";
import { type MoneyLimit, type SpendLimit, limitName, tightestLimits } from "../budget/spendLimit.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { PolicySet } from "../routing/routePolicy.ts";
import { type WorkspacePolicy, tightenPolicies } from "../routing/tightenPolicy.ts";

/** What may be spent, and what happens at the end of it. */
export interface BudgetRules {
  readonly limits: readonly SpendLimit[];
  readonly onExceed: ExceedPolicy;
  /** The person is asked before a question that could cost more. */
  readonly askAbove: NanoUsd | undefined;
}

/** The rules that a workspace has a say in. */
export interface WorkspaceRules extends BudgetRules {
  readonly policies: PolicySet;
}

/** What a workspace says of the budget. */
export interface BudgetWish {
  readonly limits?: readonly MoneyLimit[];
  readonly onExceed?: ExceedPolicy;
  readonly askAbove?: NanoUsd;
}

/** What a workspace, or one of its folders, says. */
export interface WorkspaceWish extends BudgetWish {
  readonly policy?: WorkspacePolicy;
}

/**
 * The person's rules as a workspace may change them. Whatever it wishes, no more money, model, provider or token is allowed than
 * before and nothing that was denied; the order of the wishes does not matter, nor how often each is made.
 */
export function tightenSettings(own: WorkspaceRules, wishes: readonly WorkspaceWish[]): WorkspaceRules {
  return wishes.reduce(
    (rules, wish) => ({
      ...tightenBudget(rules, wish),
      policies: wish.policy === undefined ? rules.policies : tightenPolicies(rules.policies, wish.policy),
    }),
    own,
  );
}

/** The part of it that is about money. */
export function tightenBudget({ limits, onExceed, askAbove }: BudgetRules, wish: BudgetWish): BudgetRules {
  return {
    limits: tightestLimits([...limits, ...(wish.limits ?? [])]),
    onExceed: tightestExceedPolicy(onExceed, wish.onExceed ?? onExceed),
    askAbove: lower(askAbove, wish.askAbove),
  };
}

/** One part of a wish, by its name: `money/workspace/day`, `onExceed`, `askAbove` or the name of a policy's rule. */
export interface JudgedWish {
  readonly name: string;
  /** `refused`: what the person has is as strict already, or stricter. */
  readonly verdict: "taken" | "refused";
}

/** Tightened rules name every task, so what is compared must have been. */
const NOTHING: WorkspaceWish = { policy: {} };

/** What comes of each part of a wish by itself. */
export function judgeWish(own: WorkspaceRules, wish: WorkspaceWish): readonly JudgedWish[] {
  const before = wordOf(tightenSettings(own, [NOTHING]));
  return partsOf(wish).map(([name, part]) => ({
    name,
    verdict: wordOf(tightenSettings(own, [NOTHING, part])) === before ? "refused" : "taken",
  }));
}

function partsOf({
  limits = [],
  policy = {},
  ...others
}: WorkspaceWish): readonly (readonly [string, WorkspaceWish])[] {
  return [
    ...limits.map((limit): readonly [string, WorkspaceWish] => [limitName(limit), { limits: [limit] }]),
    ...Object.entries(others).map(([name, value]): readonly [string, WorkspaceWish] => [name, { [name]: value }]),
    ...Object.entries(policy).map(([name, value]): readonly [string, WorkspaceWish] => [
      name,
      { policy: { [name]: value } },
    ]),
  ];
}

function wordOf(rules: WorkspaceRules): string {
  return JSON.stringify(rules, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

function lower(left: NanoUsd | undefined, right: NanoUsd | undefined): NanoUsd | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left <= right ? left : right;
}
