import { openAccount } from "./accounts/account.ts";
import type { Account, KeyOptions } from "./accounts/account.ts";
import type { BookRow } from "./accounts/bookRow.ts";
import { AuthCodes } from "./accounts/authCodes.ts";
import { PromptCache } from "./chat/promptCache.ts";
import { FaultQueue } from "./faults/faultQueue.ts";
import type { RecordedRequest } from "./http/recordRequest.ts";
import { DEFAULT_GENERATION_LAG_MS, DEFAULT_KEY, DEFAULT_PACE } from "./simulatorOptions.ts";
import type { Pace, SimulatorOptions } from "./simulatorOptions.ts";

/** An answer that can be looked up by its generation id. */
export interface FinishedGeneration {
  readonly key: string;
  readonly row: BookRow;
  /** On the real clock (`performance.now()`), when the lookup starts to find it. */
  readonly findableAtMs: number;
}

/** Everything a running simulator remembers. */
export class SimulatorState {
  readonly now: () => number;
  readonly pace: Pace;
  readonly terminalChunk: "repeated-finish" | "empty-choices";
  readonly onRequest: (request: RecordedRequest) => void;
  readonly onPiece: (text: string) => void;
  readonly faults = new FaultQueue();
  readonly authCodes = new AuthCodes();
  readonly promptCache: PromptCache;
  readonly requests: RecordedRequest[] = [];
  /** Requests being answered. */
  readonly running = new Set<Promise<void>>();
  /** Tags of endpoints that are out of service. */
  readonly down = new Set<string>();
  readonly finished = new Map<string, FinishedGeneration>();
  readonly #generationLagMs: number;
  readonly #initialKeys: readonly KeyOptions[];
  /** Accounts by key. */
  readonly #accounts = new Map<string, Account>();

  constructor(options: SimulatorOptions) {
    this.now = options.now ?? Date.now;
    this.pace = options.pace ?? DEFAULT_PACE;
    this.terminalChunk = options.terminalChunk ?? "repeated-finish";
    this.onRequest = options.onRequest ?? (() => undefined);
    this.onPiece = options.onPiece ?? (() => undefined);
    this.promptCache = new PromptCache(options.cacheMinimumTokens);
    this.#generationLagMs = options.generationLagMs ?? DEFAULT_GENERATION_LAG_MS;
    this.#initialKeys = [{ key: DEFAULT_KEY }, ...(options.keys ?? [])];
    this.reset();
  }

  addKey(options: KeyOptions): Account {
    const account = openAccount(options);
    this.#accounts.set(options.key, account);
    return account;
  }

  account(key: string): Account | undefined {
    return this.#accounts.get(key);
  }

  /** Enters a row in the books of its account and makes the answer findable after the lag. */
  book(account: Account, row: BookRow): void {
    account.heldNanoUsd.delete(row.generationId);
    account.rows.push(row);
    if (row.modelServed === null) return;
    const findableAtMs = performance.now() + this.#generationLagMs;
    this.finished.set(row.generationId, { key: account.options.key, row, findableAtMs });
  }

  /** Forgets everything but the options: books, faults, codes, caches, recorded requests, added keys. */
  reset(): void {
    this.#accounts.clear();
    this.requests.length = 0;
    this.down.clear();
    this.finished.clear();
    this.faults.clear();
    this.authCodes.clear();
    this.promptCache.clear();
    for (const key of this.#initialKeys) this.addKey(key);
  }
}
