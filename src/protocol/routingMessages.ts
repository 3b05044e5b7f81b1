/**
 * Messages between the extension host and the routing view.
 *
 * The host owns everything that is shown; the view renders it and says what the person wants. Each message of the host is
 * a whole snapshot: it is small, and it changes when a setting does.
 */

import type { PresentedChoice, PresentedRoute } from "../core/routing/presentRoute.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { ProblemView } from "./chatMessages.ts";

/** The rules that the table shows and changes, by their names in the settings. */
export const RULE_NAMES = [
  "profile",
  "pin",
  "qualityFloor",
  "maxPromptPrice",
  "maxCompletionPrice",
  "fallback",
  "maxTokens",
] as const;

export type RuleName = (typeof RULE_NAMES)[number];

/** Whose rules a row shows: those for all tasks, what the workspace asks for, or one task's. */
export type RowScope = "all" | "workspace" | TaskType;

/** One rule in one row, in the words in which it is typed. */
export interface RuleCell {
  /** What is written here; empty for nothing. */
  readonly value: string;
  /** What holds where nothing is written here; empty for nothing. */
  readonly inherited: string;
  /** Where what holds comes from, for instance `all tasks`. */
  readonly from: string;
  /** What holds instead of it because the workspace asks for less, for instance `the workspace makes it 0.9`. */
  readonly tightened?: string;
  /** Why it cannot be changed here. */
  readonly locked?: string;
  /** All there are to choose from; absent for free text. */
  readonly choices?: readonly string[];
}

/** What was last written from a row. */
export interface WrittenRule {
  /** For instance `"waybill.routing.tasks": { "fix": { "profile": "economy" } }`. */
  readonly setting: string;
  readonly isRemoved: boolean;
  readonly where: "user" | "workspace";
}

/** Something that was typed and makes no sense; nothing was written. */
export interface RefusedRule {
  readonly rule: RuleName;
  readonly value: string;
  readonly sentence: string;
}

/** What would be asked now for a typical request of a task. */
interface RowRoute {
  /** The first choice, then those to climb to. */
  readonly ladder: readonly PresentedChoice[];
  readonly standIns: readonly PresentedChoice[];
  /** How many more could take it. */
  readonly others: number;
}

export interface RoutingRow {
  readonly scope: RowScope;
  readonly label: string;
  readonly cells: Partial<Readonly<Record<RuleName, RuleCell>>>;
  /** Absent until it is known, and for rows that are no task. */
  readonly route?: RowRoute;
  /** Why no model would be asked. */
  readonly sentence?: string;
  readonly written?: WrittenRule;
  readonly refused?: RefusedRule;
}

/** A whole decision. */
export interface RouteTable extends PresentedRoute {
  /** What it is about, for instance `Fix the loop`. */
  readonly title: string;
  /** For instance `fix, certain`. */
  readonly task: string;
  /** How many models are left out of `others`. */
  readonly leftOut: number;
  /** Why no model would be asked. */
  readonly sentence?: string;
}

export interface RoutingViewState {
  readonly rows: readonly RoutingRow[];
  /** The models that can be pinned. */
  readonly models: readonly { readonly id: string; readonly name: string }[];
  /** What a typical request is. */
  readonly typical: string;
  /** Why the rows have no models, for instance that there is no model list. */
  readonly problem?: ProblemView;
  /** The selected code that a dry run takes along, for instance `invoice.ts:12-20`. */
  readonly selection?: string;
  /** What was last typed for a dry run. */
  readonly dryRunText: string;
  readonly dryRun?: RouteTable;
  /** Grows with every dry run that has ended. */
  readonly dryRuns: number;
  /** The decision behind an answer, shown instead of everything else. */
  readonly past?: RouteTable;
}

export interface ToRoutingView {
  readonly type: "snapshot";
  readonly state: RoutingViewState;
}

export type FromRoutingView =
  | { readonly type: "ready" }
  | { readonly type: "change-rule"; readonly scope: RowScope; readonly rule: RuleName; readonly value: string }
  | { readonly type: "revert"; readonly scope: RowScope }
  | { readonly type: "dry-run"; readonly text: string }
  /** What was typed for a dry run, when the person goes elsewhere: a hidden page loses it. */
  | { readonly type: "keep-text"; readonly text: string }
  | { readonly type: "show-now" }
  /** What the button beside the problem says. */
  | { readonly type: "solve-problem" }
  | { readonly type: "open-settings"; readonly where: "user" | "workspace" }
  /** The view met an error of its own. */
  | { readonly type: "view-failed"; readonly message: string };
