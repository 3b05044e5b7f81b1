import { type Disposable, type Event, EventEmitter, type Memento, type SecretStorage } from "vscode";
import { WaybillError } from "../../core/errors/waybillError.ts";
import type { GatewayCredential } from "../../gateway/openRouterGateway.ts";
import type { KeyState } from "../../protocol/chatMessages.ts";
import { maskKey } from "./maskKey.ts";

const CALL_TIMEOUT_MS = 5_000;

/**
 * The only reader of the key. Each key is stored with the origin it was entered for and given out for that origin alone.
 *
 * VS Code drops an entry that it can no longer decrypt and answers `undefined`, so a marker without the key tells "lost"
 * from "never entered". Calls get a time-out: in a window whose main thread is gone they never answer.
 */
export class KeyVault {
  readonly onDidChange: Event<void>;
  readonly #secrets: SecretStorage;
  readonly #markers: Memento;
  readonly #changes = new EventEmitter<void>();
  readonly #listener: Disposable;
  /** Keys that this machine could not store; gone with the window. */
  readonly #sessionKeys = new Map<string, string>();

  constructor(secrets: SecretStorage, markers: Memento) {
    this.#secrets = secrets;
    this.#markers = markers;
    this.onDidChange = this.#changes.event;
    this.#listener = secrets.onDidChange(() => this.#changes.fire());
  }

  /** `undefined` when there is no key for the origin; rejects with `key-unreadable` when there was one. */
  async read(origin: string): Promise<GatewayCredential | undefined> {
    const sessionKey = this.#sessionKeys.get(origin);
    if (sessionKey !== undefined) return { origin, key: sessionKey };
    const stored = await this.#readStored(origin);
    if (stored?.origin === origin) return stored;
    if (this.maskedKey(origin) === undefined) return undefined;
    throw new WaybillError("key-unreadable", "The stored key cannot be read", { isUncharged: true });
  }

  async state(origin: string): Promise<KeyState> {
    if (this.#sessionKeys.has(origin)) return "session-only";
    try {
      return (await this.read(origin)) === undefined ? "none" : "present";
    } catch {
      return "unreadable";
    }
  }

  /** For instance `sk-or-v1-…9f3a`. */
  maskedKey(origin: string): string | undefined {
    return this.#markers.get<string>(markerName(origin));
  }

  /** Stores the key and reads it back. A machine that cannot keep it gets it for this session only. */
  async store(credential: GatewayCredential): Promise<"stored" | "session-only"> {
    const { origin, key } = credential;
    this.#sessionKeys.delete(origin);
    const isStored = await this.#tryStore(credential);
    if (!isStored) this.#sessionKeys.set(origin, key);
    await this.#markers.update(markerName(origin), isStored ? maskKey(key) : undefined);
    this.#changes.fire();
    return isStored ? "stored" : "session-only";
  }

  async remove(origin: string): Promise<void> {
    this.#sessionKeys.delete(origin);
    await this.#markers.update(markerName(origin), undefined);
    await withTimeout(this.#secrets.delete(secretName(origin)));
    this.#changes.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
  }

  async #tryStore(credential: GatewayCredential): Promise<boolean> {
    try {
      await withTimeout(this.#secrets.store(secretName(credential.origin), JSON.stringify(credential)));
      return (await this.#readStored(credential.origin))?.key === credential.key;
    } catch {
      return false;
    }
  }

  async #readStored(origin: string): Promise<GatewayCredential | undefined> {
    let text: string | undefined;
    try {
      text = await withTimeout(this.#secrets.get(secretName(origin)));
    } catch (error) {
      throw new WaybillError("key-unreadable", "The key storage does not answer", { cause: error, isUncharged: true });
    }
    return text === undefined ? undefined : readCredential(text);
  }
}

/** Checked by hand: this is read while the editor starts, where a schema library would cost more than it checks. */
function readCredential(text: string): GatewayCredential | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("origin" in value) || !("key" in value)) return undefined;
  const { origin, key } = value;
  return typeof origin === "string" && typeof key === "string" && key !== "" ? { origin, key } : undefined;
}

function secretName(origin: string): string {
  return `waybill.key ${origin}`;
}

function markerName(origin: string): string {
  return `waybill.maskedKey ${origin}`;
}

async function withTimeout<T>(call: Thenable<T>): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("SecretStorage did not answer")), CALL_TIMEOUT_MS);
  try {
    return await Promise.race([call, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
