import type { TurnServices } from "../../src/turn/turnRequest.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openTurnBench } from "../turn/turnBench.ts";
import { type BareClient, createBareClient } from "./bareClient.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { median, percentile } from "./percentile.ts";
import { type TurnTimeline, timeTurn } from "./turnTimeline.ts";

const WARM_UP_PAIRS = 20;
const PAIRS = 200;
const ADDED_MS = 3;

interface Pair {
  readonly turn: TurnTimeline;
  readonly bareMs: number;
}

/** What a turn adds to the time to the first token of a bare client, against the same simulator. */
export async function measureTurn(): Promise<BenchReport> {
  const bench = await openTurnBench();
  const bare = createBareClient(bench.simulator.baseUrl, bench.simulator.key);
  try {
    const catalog = await bench.services.catalog(new AbortController().signal);
    const services: TurnServices = { ...bench.services, catalog: async () => catalog };
    const pairs = await measurePairs(services, bench.simulator, bare);
    return {
      figures: turnFigures(pairs.slice(WARM_UP_PAIRS)),
      notes: [
        `Time to first token: ${PAIRS} pairs (turn, bare client, turn, …) after ${WARM_UP_PAIRS} to warm up, one kept connection each, same body, against the simulator in the same process with a scripted answer; ${catalog.models.length} models in the catalog, which is there already. The bare client is undici \`request\` with eventsource-parser.`,
        "The ledger is a real SQLite file in the system's temporary folder, and reserving waits until the disk has it.",
      ],
    };
  } finally {
    await bare.close();
    await bench.close();
  }
}

async function measurePairs(services: TurnServices, simulator: Simulator, bare: BareClient): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < WARM_UP_PAIRS + PAIRS; round += 1) {
    const turn = await undisturbed(simulator, () => timeTurn(services));
    const body = JSON.stringify(simulator.requests.at(-1)?.body);
    const bareMs = await undisturbed(simulator, () => bare.firstTokenMs(body));
    pairs.push({ turn, bareMs });
  }
  return pairs;
}

/** With the scripted answer, and started only when the simulator has nothing left to do for the request before. */
async function undisturbed<T>(simulator: Simulator, measure: () => Promise<T>): Promise<T> {
  simulator.faultNext({ kind: "answer", content: "ok" });
  const result = await measure();
  await simulator.settled();
  return result;
}

function turnFigures(pairs: readonly Pair[]): Figure[] {
  const bareMs = pairs.map((pair) => pair.bareMs);
  const addedMs = pairs.map(({ turn, bareMs }) => turn.firstTokenMs - bareMs);
  const ofTurns = (part: keyof TurnTimeline) => median(pairs.map(({ turn }) => turn[part]));
  return [
    { what: "First token, added by a turn, median of pairs", value: median(addedMs), unit: "ms", below: ADDED_MS },
    { what: "First token, added by a turn, p90", value: percentile(addedMs, 0.9), unit: "ms" },
    { what: "First token of a turn, median", value: ofTurns("firstTokenMs"), unit: "ms" },
    { what: "… choosing the model, median", value: ofTurns("routeMs"), unit: "ms" },
    { what: "… reserving in the ledger, median", value: ofTurns("reserveMs"), unit: "ms" },
    { what: "… from the reservation to the first token, median", value: ofTurns("sendMs"), unit: "ms" },
    { what: "First token of the bare client, median", value: median(bareMs), unit: "ms" },
    { what: "First token of the bare client, p90", value: percentile(bareMs, 0.9), unit: "ms" },
  ];
}
