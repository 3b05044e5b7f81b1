import type { Catalog } from "../../../src/core/catalog/catalogModel.ts";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { DEFAULT_POLICY, type PolicySet, policyFor } from "../../../src/core/routing/routePolicy.ts";
import { RoutingMemo } from "../../../src/core/routing/routingMemo.ts";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import type { TaskSignals } from "../../../src/core/tasks/taskSignals.ts";
import { readCatalog } from "../../../src/gateway/readCatalog.ts";
import type { BenchReport } from "../benchReport.ts";
import type { Figure } from "../figure.ts";
import { percentile } from "../percentile.ts";
import { SYNTHETIC_POLICIES, SYNTHETIC_RULES, syntheticModelList } from "./syntheticModels.ts";
import { TYPICAL_PROMPTS } from "./typicalPrompts.ts";

const classifier = new TaskClassifier();
const memo = new RoutingMemo();

const ROWS = 500;
const PROMPT_TOKENS = 6_000;
const WARM_UP_ROUNDS = 40;
const ROUNDS = 80;
const PARSES = 60;
const CLASSIFY_MS = 0.2;
const ROUTE_MS = 1;
const PARSE_MS = 30;

/** The time that deciding takes, warm, one call at a time. */
export function measureRoutingSpeed(): BenchReport {
  const body = syntheticModelList(ROWS);
  const catalog = parse(body);
  const classifyMs = timeEach((signals) => classifier.classify(signals));
  const routeMs = timeEach((signals) => route(signals, catalog, SYNTHETIC_POLICIES));
  const plainRouteMs = timeEach((signals) => route(signals, catalog, { base: DEFAULT_POLICY, tasks: {} }));
  const parseMs = Array.from({ length: PARSES }, () => timed(() => parse(body))).slice(PARSES / 3);
  return {
    figures: [
      ...rows("Classifying a request", classifyMs, CLASSIFY_MS),
      ...rows(`Routing over ${catalog.models.length} models and ${SYNTHETIC_RULES} rules`, routeMs, ROUTE_MS),
      { what: "… with the default rules, median", value: percentile(plainRouteMs, 0.5), unit: "ms" },
      {
        what: `Reading a model list of ${ROWS} rows, median`,
        value: percentile(parseMs, 0.5),
        unit: "ms",
        below: PARSE_MS,
      },
    ],
    notes: [
      `Classifying and routing: ${TYPICAL_PROMPTS.length} requests, ${ROUNDS} rounds after ${WARM_UP_ROUNDS} to warm up, one call at a time. Models and rules are made up; a model list has OpenRouter's form (${Math.round(body.length / 1000)} KB) and reading it includes parsing the JSON, ${PARSES} times, the first third not counted.`,
    ],
  };
}

function rows(what: string, valuesMs: readonly number[], below: number): Figure[] {
  return [
    { what: `${what}, median`, value: percentile(valuesMs, 0.5), unit: "ms", below },
    { what: `${what}, p99`, value: percentile(valuesMs, 0.99), unit: "ms", below },
  ];
}

function route(signals: TaskSignals, catalog: Catalog, policies: PolicySet): void {
  const task = classifier.classify(signals);
  chooseRoute({ task, promptTokens: PROMPT_TOKENS, nowMs: 0, memo }, catalog, policyFor(policies, task.taskType));
}

function parse(body: string): Catalog {
  return readCatalog(JSON.parse(body), 0);
}

function timeEach(call: (signals: TaskSignals) => void): readonly number[] {
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () =>
    TYPICAL_PROMPTS.map((signals) => timed(() => call(signals))),
  );
  return rounds.slice(WARM_UP_ROUNDS).flat();
}

function timed(call: () => void): number {
  const startMs = performance.now();
  call();
  return performance.now() - startMs;
}
