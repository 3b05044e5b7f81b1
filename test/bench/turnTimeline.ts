import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import type { TurnServices } from "../../src/turn/turnRequest.ts";
import { turnRequest } from "../turn/turnBench.ts";

/** How long a turn took to its first token, and what of that went where, in milliseconds. */
export interface TurnTimeline {
  readonly firstTokenMs: number;
  /** Classifying the request and choosing the model, from a catalog that is there. */
  readonly routeMs: number;
  /** Holding the worst case in the ledger. */
  readonly reserveMs: number;
  /** From the reservation to the first token: the request itself. */
  readonly sendMs: number;
}

/** Runs one turn to its end and takes the time of its events. */
export async function timeTurn(services: TurnServices): Promise<TurnTimeline> {
  const times = new Map<TurnEvent["type"], number>();
  const request = turnRequest();
  const startedAtMs = performance.now();
  for await (const { type } of runTurn(services, request, new AbortController().signal)) {
    if (!times.has(type)) times.set(type, performance.now() - startedAtMs);
  }
  const routeMs = timeOf(times, "route-chosen");
  const reservedMs = timeOf(times, "reserved");
  const firstTokenMs = timeOf(times, "text-delta");
  return { firstTokenMs, routeMs, reserveMs: reservedMs - routeMs, sendMs: firstTokenMs - reservedMs };
}

function timeOf(times: ReadonlyMap<TurnEvent["type"], number>, type: TurnEvent["type"]): number {
  const time = times.get(type);
  if (time === undefined) throw new Error(`The turn told no ${type}, only ${[...times.keys()].join(", ")}.`);
  return time;
}
