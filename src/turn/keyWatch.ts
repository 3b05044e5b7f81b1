import { limitPageOf } from "../core/keys/limitPage.ts";
import { firstDayOf } from "../core/budget/spendPeriod.ts";
import type { SettledRow } from "../core/waybill/reconciliation.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { KeyStatus } from "../gateway/readKeyStatus.ts";
import type { Ledger } from "../store/ledger.ts";
import { askKeyStanding } from "./askKeyStanding.ts";
import { settleUncertain } from "./settleUncertain.ts";

/** What came out beside turns, for whoever shows it. */
export type KeyNews =
  /** The gateway's figures of the key are those of now. */
  | { readonly kind: "standing" }
  /** Once a key on a machine: the gateway holds it to no limit, and on `page` the person can set one. */
  | { readonly kind: "no-limit"; readonly keyName: string; readonly host: string; readonly page: string }
  /** Costs that were not certain when this window opened, and are now. */
  | { readonly kind: "settled"; readonly rows: readonly SettledRow[] };

export interface KeyWatchOptions {
  readonly ledger: () => Promise<Ledger>;
  readonly gatewayWithKey: (keyName: string) => Gateway;
  readonly now: () => number;
  readonly report: (news: KeyNews) => void;
}

const ASK_AGAIN_MS = 15 * 60 * 1000;
/** After a refusal the figures may be what was wrong. */
const ASK_SOON_MS = 60 * 1000;
const TIMEOUT_MS = 20_000;
/** So many costs of other windows are looked up when this one begins. */
const MOST_LOST_ROWS = 5;

/** Reads, beside turns and only on use, what the gateway says of the key that paid. */
export class KeyWatch {
  readonly #options: KeyWatchOptions;
  /** Closed with the engine, so that nothing is asked or written after that. */
  readonly #closing = new AbortController();
  readonly #beganAtMs: number;
  /** By address and key: when it was asked last, whatever came of it. */
  readonly #askedAtMs = new Map<string, number>();
  /** Gateways whose lost costs this window has looked up. */
  readonly #settled = new Set<string>();

  constructor(options: KeyWatchOptions) {
    this.#options = options;
    this.#beganAtMs = options.now();
  }

  /** A turn ended; `wasRefused` where money or the gateway did not let it through. Rejects with `WaybillError`. */
  async noteUse(gateway: Gateway, wasRefused: boolean): Promise<void> {
    // Other servers know no `/key`.
    if (!gateway.hasEndpoints || this.#closing.signal.aborted) return;
    const { now } = this.#options;
    const askedAtMs = this.#askedAtMs.get(keyOf(gateway));
    const pauseMs = wasRefused ? ASK_SOON_MS : ASK_AGAIN_MS;
    if (askedAtMs === undefined || Math.abs(now() - askedAtMs) >= pauseMs) await this.ask(gateway);
    await this.#settleLost(gateway);
  }

  /** Asks now. Rejects with `WaybillError`. */
  async ask(gateway: Gateway, signal?: AbortSignal): Promise<KeyStatus> {
    const { ledger, now, report } = this.#options;
    this.#askedAtMs.set(keyOf(gateway), now());
    const signals = [this.#closing.signal, AbortSignal.timeout(TIMEOUT_MS), ...(signal === undefined ? [] : [signal])];
    const books = await ledger();
    const status = await askKeyStanding({ gateway, ledger: books, now }, AbortSignal.any(signals));
    report({ kind: "standing" });
    const { keyName, host, origin } = gateway;
    const page = limitPageOf(origin);
    const hasNone = status.limit === undefined && status.limitRemaining === undefined;
    if (page === undefined || !hasNone) return status;
    const standings = await books.keyStandings();
    if (await standings.claimNotice({ gatewayOrigin: origin, keyLabel: keyName })) {
      report({ kind: "no-limit", keyName, host, page });
    }
    return status;
  }

  close(): void {
    this.#closing.abort();
  }

  /** A few turns of windows that died or could not look up their cost, newest first; the rest waits for the person. */
  async #settleLost(gateway: Gateway): Promise<void> {
    if (this.#settled.has(gateway.address)) return;
    this.#settled.add(gateway.address);
    const { now, gatewayWithKey, report } = this.#options;
    const ledger = await this.#options.ledger();
    const rows = (await ledger.uncertainRows(firstDayOf("month", now()), gateway.origin))
      .filter(({ generationId, startedAtMs }) => generationId !== undefined && startedAtMs < this.#beganAtMs)
      .slice(-MOST_LOST_ROWS)
      .toReversed();
    const { settled } = await settleUncertain({ gateway, gatewayWithKey, ledger }, rows, this.#closing.signal);
    if (settled.length > 0) report({ kind: "settled", rows: settled });
  }
}

function keyOf({ address, keyName }: Gateway): string {
  return `${address} ${keyName}`;
}
