import type { SecretStorage, SecretStorageChangeEvent } from "vscode";

/** How a storage behaves: `stale` answers what it had before the last write, as a page that does not see another's does. */
export type StorageMode = "works" | "throws" | "forgets" | "silent" | "stale";

/** Those who are told of every write, in windows that share their secrets. */
export type SecretListeners = Set<(event: SecretStorageChangeEvent) => void>;

/**
 * The secrets of a machine as one window sees them. `shared`: windows of a desktop, which see each other's writes; `snapshot`:
 * windows of a browser, each of which reads all secrets once, when it is loaded, and writes all of them back.
 */
export class WindowSecrets implements SecretStorage {
  readonly #machine: Map<string, string>;
  readonly #own: Map<string, string>;
  readonly #before = new Map<string, string | undefined>();
  readonly #listeners: SecretListeners;
  mode: StorageMode = "works";

  constructor(machine: Map<string, string>, how: "shared" | "snapshot", listeners: SecretListeners = new Set()) {
    this.#machine = machine;
    this.#own = how === "shared" ? machine : new Map(machine);
    this.#listeners = listeners;
  }

  readonly onDidChange: SecretStorage["onDidChange"] = (listener) => {
    const tell = (event: SecretStorageChangeEvent) => void listener(event);
    this.#listeners.add(tell);
    return { dispose: () => void this.#listeners.delete(tell) };
  };

  async get(key: string): Promise<string | undefined> {
    await this.#behave();
    if (this.mode === "forgets") return undefined;
    return this.mode === "stale" && this.#before.has(key) ? this.#before.get(key) : this.#own.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#behave();
    this.#before.set(key, this.#own.get(key));
    this.#own.set(key, value);
    this.#write(key);
  }

  async delete(key: string): Promise<void> {
    await this.#behave();
    this.#own.delete(key);
    this.#write(key);
  }

  async keys(): Promise<string[]> {
    await this.#behave();
    return [...this.#own.keys()];
  }

  #write(key: string): void {
    if (this.#own !== this.#machine) {
      this.#machine.clear();
      for (const [name, value] of this.#own) this.#machine.set(name, value);
    }
    for (const listener of this.#listeners) listener({ key });
  }

  async #behave(): Promise<void> {
    if (this.mode === "throws") throw new Error("no keyring");
    if (this.mode === "silent") await new Promise(() => undefined);
  }
}
