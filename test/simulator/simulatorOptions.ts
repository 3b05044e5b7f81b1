import type { KeyOptions } from "./accounts/account.ts";
import type { RecordedRequest } from "./http/recordRequest.ts";

/** How fast answers come: at once, or like a provider. */
export type Pace = "instant" | { readonly tokensPerSecond: number; readonly firstTokenMs: number };

/** What a simulator can be started with. */
export interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port?: number;
  /** The clock of prices, expiry dates, caps and books, in epoch milliseconds. Waiting uses the real clock. */
  readonly now?: () => number;
  readonly pace?: Pace;
  /** Keys beside the default one; an entry for the default key replaces it. */
  readonly keys?: readonly KeyOptions[];
  /** How long `GET /generation` answers 404 after an answer has ended. */
  readonly generationLagMs?: number;
  /** Last event before `[DONE]`: the finish reason once more with the usage, or, older, no choices and the usage. */
  readonly terminalChunk?: "repeated-finish" | "empty-choices";
  /** Shortest prompt prefix that is cached; 1024 when absent. */
  readonly cacheMinimumTokens?: number;
  /** Told of each API request as it has come in, before anything is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
  /** Told of each piece of an answer as it is handed to the connection. */
  readonly onPiece?: (text: string) => void;
}

/** A key nobody could take for a real one. */
export const DEFAULT_KEY = `sk-or-v1-${"0123456789abcdef".repeat(4)}`;

/** The pace of an ordinary provider. */
export const DEFAULT_PACE: Pace = { tokensPerSecond: 90, firstTokenMs: 350 };
export const DEFAULT_GENERATION_LAG_MS = 300;
