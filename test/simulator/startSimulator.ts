import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";

import { billNanoUsd } from "./accounts/account.ts";
import type { KeyOptions } from "./accounts/account.ts";
import type { BookRow } from "./accounts/bookRow.ts";
import type { Fault } from "./faults/fault.ts";
import { nanoUsdFromUsd } from "./money/decimalUsd.ts";
import { handleRequest } from "./http/handleRequest.ts";
import type { RecordedRequest } from "./http/recordRequest.ts";
import { DEFAULT_KEY } from "./simulatorOptions.ts";
import type { SimulatorOptions } from "./simulatorOptions.ts";
import { SimulatorState } from "./simulatorState.ts";

export type { Fault } from "./faults/fault.ts";
export type { SimulatorOptions } from "./simulatorOptions.ts";

/** A running gateway simulator and what a test may do with it. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** `http://127.0.0.1:PORT/api/v1`. */
  readonly baseUrl: string;
  /** A key that works, with 100 USD of credits and no limit. */
  readonly key: string;
  /** Every API request since the start or the last reset, oldest first, keys masked. */
  readonly requests: readonly RecordedRequest[];
  addKey(options: KeyOptions): void;
  /** What the login page would hand to the callback of a PKCE login. */
  mintAuthCode(codeChallenge?: string): string;
  /** Every chat request of a key, refused ones included. */
  books(key?: string): readonly BookRow[];
  /** Everything charged to a key, in nano-dollars (1e-9 USD). */
  billNanoUsd(key?: string): number;
  /** Another machine spent this much with a key, in US dollars. */
  spendElsewhere(usd: number, key?: string): void;
  /** Takes the endpoints of these tags out of service, until the next reset. */
  takeDown(...tags: readonly string[]): void;
  /** Scripts the next request; a list scripts as many requests, one fault each. */
  faultNext(faults: Fault | readonly Fault[]): void;
  /** Waits until every request that has come in is answered, or given up, and booked. */
  settled(): Promise<void>;
  /** Forgets books, faults, caches, recorded requests and added keys. */
  reset(): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts a simulator on the loopback interface. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const state = new SimulatorState(options);
  const server = createServer((incoming, response) => {
    const answering = handleRequest(incoming, response, state).catch((error: unknown) => {
      process.emitWarning(`Simulator failed on ${incoming.url}: ${String(error)}`);
      response.destroy();
    });
    state.running.add(answering);
    void answering.finally(() => state.running.delete(answering));
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${portOf(server)}`;
  return {
    origin,
    baseUrl: `${origin}/api/v1`,
    key: DEFAULT_KEY,
    requests: state.requests,
    addKey: (keyOptions) => void state.addKey(keyOptions),
    mintAuthCode: (codeChallenge) =>
      state.authCodes.mint({ nowMs: state.now(), ...(codeChallenge !== undefined && { codeChallenge }) }),
    books: (key = DEFAULT_KEY) => [...accountOf(state, key).rows],
    billNanoUsd: (key = DEFAULT_KEY) => billNanoUsd(accountOf(state, key)),
    spendElsewhere: (usd, key = DEFAULT_KEY) => bookElsewhere(state, accountOf(state, key), usd),
    takeDown: (...tags) => {
      for (const tag of tags) state.down.add(tag);
    },
    faultNext: (faults) => state.faults.add(isList(faults) ? faults : [faults]),
    settled: async () => {
      await Promise.all(state.running);
    },
    reset: () => state.reset(),
    close: () => close(server),
  };
}

function accountOf(state: SimulatorState, key: string): NonNullable<ReturnType<SimulatorState["account"]>> {
  const account = state.account(key);
  if (account === undefined) throw new RangeError("The simulator has no such key");
  return account;
}

/** As a row of an answer that nobody here has seen. */
function bookElsewhere(state: SimulatorState, account: ReturnType<typeof accountOf>, usd: number): void {
  const cost = nanoUsdFromUsd(usd);
  state.book(account, {
    generationId: `gen-elsewhere-${account.rows.length}`,
    atMs: state.now(),
    modelAsked: "a/b",
    modelServed: "a/b",
    provider: "P",
    status: 200,
    isStreamed: true,
    isCancelled: false,
    isByok: false,
    finishReason: "stop",
    promptTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: cost,
    upstreamCostNanoUsd: cost,
    cacheDiscountNanoUsd: 0,
    latencyMs: 0,
    generationMs: 0,
    router: null,
    sessionId: null,
    user: null,
    httpReferer: null,
    userAgent: null,
  });
}

function isList(faults: Fault | readonly Fault[]): faults is readonly Fault[] {
  return Array.isArray(faults);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The simulator does not listen on a port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
