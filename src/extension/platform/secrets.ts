import { type Disposable, type Event, EventEmitter, type Memento, type SecretStorage } from "vscode";
import { WaybillError } from "../../core/errors/waybillError.ts";
import { DEFAULT_KEY_NAME, type KeyId, isKeyName } from "../../core/keys/keyName.ts";
import type { GatewayCredential } from "../../gateway/openRouterGateway.ts";
import { maskKey } from "./maskKey.ts";
import { withTimeout } from "./withTimeout.ts";

const CALL_TIMEOUT_MS = 5_000;
const SECRET = "waybill.key ";
const MARKER = "waybill.maskedKey ";

/** What is known of a key by looking for it. */
export type StoredKeyState = "none" | "present" | "unreadable" | "session-only";

/**
 * The only reader of keys. Each is stored with the origin it was entered for and given out for that origin and by its own
 * name alone.
 *
 * VS Code drops an entry that it can no longer decrypt and answers `undefined`, so a marker without the key tells "lost"
 * from "never entered". Calls get a time-out: in a window whose main thread is gone they never answer.
 */
export class KeyVault {
  /** A key has changed, in this window or another, or another one is chosen. */
  readonly onDidChange: Event<void>;
  readonly #secrets: SecretStorage;
  readonly #markers: Memento;
  readonly #timeoutMs: number;
  readonly #changes = new EventEmitter<void>();
  readonly #listener: Disposable;
  /** Keys that this machine could not store; gone with the window. */
  readonly #sessionKeys = new Map<string, GatewayCredential>();

  constructor(secrets: SecretStorage, markers: Memento, timeoutMs = CALL_TIMEOUT_MS) {
    this.#secrets = secrets;
    this.#markers = markers;
    this.#timeoutMs = timeoutMs;
    this.onDidChange = this.#changes.event;
    this.#listener = secrets.onDidChange(() => this.#changes.fire());
  }

  /** `undefined` when there is no such key; rejects with `key-unreadable` when there was one. */
  async read(id: KeyId): Promise<GatewayCredential | undefined> {
    const sessionKey = this.#sessionKeys.get(placeOf(id));
    if (sessionKey !== undefined) return sessionKey;
    const text = await this.#readText(id);
    const stored = text === undefined ? undefined : readCredential(text, id);
    if (stored !== undefined) return stored;
    if (text === undefined && this.maskedKey(id) === undefined) return undefined;
    throw new WaybillError("key-unreadable", "The stored key cannot be read", { isUncharged: true, ...nameOf(id) });
  }

  async state(id: KeyId): Promise<StoredKeyState> {
    if (this.isForSession(id)) return "session-only";
    try {
      return (await this.read(id)) === undefined ? "none" : "present";
    } catch {
      return "unreadable";
    }
  }

  /** This machine could not store it. */
  isForSession(id: KeyId): boolean {
    return this.#sessionKeys.has(placeOf(id));
  }

  /** For instance `sk-or-v1-…9f3a`. */
  maskedKey(id: KeyId): string | undefined {
    const sessionKey = this.#sessionKeys.get(placeOf(id));
    return sessionKey === undefined ? this.#markers.get<string>(MARKER + placeOf(id)) : maskKey(sessionKey.key);
  }

  /** Every key of this machine and window, lost ones too, of all gateways. A storage that fails hides none it marked. */
  async list(): Promise<readonly KeyId[]> {
    const stored = await this.#ask(this.#secrets.keys()).catch((): string[] => []);
    const places = [
      ...stored.flatMap((name) => placeAfter(SECRET, name)),
      ...this.#markers.keys().flatMap((name) => placeAfter(MARKER, name)),
      ...this.#sessionKeys.keys(),
    ];
    return [...new Set(places)].toSorted().flatMap(idOf);
  }

  /** Stores the key in the place of one of the same name and reads it back, or keeps it for this session only. */
  async store(credential: GatewayCredential): Promise<"stored" | "session-only"> {
    const { origin, key, keyName: name = DEFAULT_KEY_NAME } = credential;
    const id = { origin, name };
    const isStored = await this.#tryStore(id, key);
    if (isStored) {
      this.#sessionKeys.delete(placeOf(id));
      await this.#markers.update(MARKER + placeOf(id), maskKey(key));
    } else this.#sessionKeys.set(placeOf(id), { origin, key, keyName: name });
    this.#changes.fire();
    return isStored ? "stored" : "session-only";
  }

  /** Rejects with `key-unreadable` when the storage does not say that the key is gone; it may be there then. */
  async remove(id: KeyId): Promise<void> {
    this.#sessionKeys.delete(placeOf(id));
    try {
      await this.#ask(this.#secrets.delete(SECRET + placeOf(id)));
      await this.#markers.update(MARKER + placeOf(id), undefined);
    } finally {
      this.#changes.fire();
    }
  }

  /** The settings or folders have changed, and with them the key that is used. */
  noteChoice(): void {
    this.#changes.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changes.dispose();
  }

  async #tryStore(id: KeyId, key: string): Promise<boolean> {
    const { origin, name } = id;
    const entry = name === DEFAULT_KEY_NAME ? { origin, key } : { origin, key, name };
    try {
      await this.#ask(this.#secrets.store(SECRET + placeOf(id), JSON.stringify(entry)));
      return readCredential((await this.#readText(id)) ?? "", id)?.key === key;
    } catch {
      return false;
    }
  }

  #readText(id: KeyId): Promise<string | undefined> {
    return this.#ask(this.#secrets.get(SECRET + placeOf(id)), id);
  }

  /** Every call of the storage goes through here. */
  async #ask<T>(call: Thenable<T>, id?: KeyId): Promise<T> {
    try {
      return await withTimeout(call, this.#timeoutMs);
    } catch (cause) {
      const detail = { cause, isUncharged: true, ...(id === undefined ? {} : nameOf(id)) };
      throw new WaybillError("key-unreadable", "The key storage does not answer", detail);
    }
  }
}

/** Checked by hand: this is read while the editor starts, where a schema library would cost more than it checks. */
function readCredential(text: string, id: KeyId): GatewayCredential | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("origin" in value) || !("key" in value)) return undefined;
  const { origin, key } = value;
  const name = "name" in value ? value.name : DEFAULT_KEY_NAME;
  const isMeant = origin === id.origin && name === id.name;
  return isMeant && typeof key === "string" && key !== "" ? { origin: id.origin, key, keyName: id.name } : undefined;
}

/** The default key has the place that it had before keys had names. */
function placeOf({ origin, name }: KeyId): string {
  return name === DEFAULT_KEY_NAME ? origin : `${origin} ${name}`;
}

function idOf(place: string): readonly KeyId[] {
  const end = place.indexOf(" ");
  if (end < 0) return [{ origin: place, name: DEFAULT_KEY_NAME }];
  const name = place.slice(end + 1);
  return isKeyName(name) ? [{ origin: place.slice(0, end), name }] : [];
}

function placeAfter(prefix: string, name: string): readonly string[] {
  return name.startsWith(prefix) ? [name.slice(prefix.length)] : [];
}

/** What an error says of the key; the default one needs no name. */
function nameOf({ name }: KeyId): { readonly detail?: string } {
  return name === DEFAULT_KEY_NAME ? {} : { detail: name };
}
