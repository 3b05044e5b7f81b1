import assert from "node:assert/strict";
import { EventEmitter, type Memento, type SecretStorage, type SecretStorageChangeEvent } from "vscode";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { KeyVault } from "../../src/extension/platform/secrets.ts";

const ORIGIN = "https://openrouter.ai";
const CREDENTIAL = { origin: ORIGIN, key: "sk-or-v1-0123456789abcdef" };

/** A secret storage in memory that can be made to fail as real ones do. */
class FakeSecrets implements SecretStorage {
  readonly stored = new Map<string, string>();
  readonly #changes = new EventEmitter<SecretStorageChangeEvent>();
  readonly onDidChange = this.#changes.event;
  mode: "works" | "throws" | "forgets" | "silent" = "works";

  async get(key: string): Promise<string | undefined> {
    await this.#behave();
    return this.mode === "forgets" ? undefined : this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#behave();
    this.stored.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.stored.delete(key);
  }

  async keys(): Promise<string[]> {
    return [...this.stored.keys()];
  }

  async #behave(): Promise<void> {
    if (this.mode === "throws") throw new Error("no keyring");
    if (this.mode === "silent") await new Promise(() => undefined);
  }
}

class FakeMemento implements Memento {
  readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    return this.values.has(key) ? (this.values.get(key) as T) : fallback;
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  }
}

describe("the key vault", () => {
  let secrets: FakeSecrets;
  let markers: FakeMemento;
  let vault: KeyVault;
  beforeEach(() => {
    secrets = new FakeSecrets();
    markers = new FakeMemento();
    vault = new KeyVault(secrets, markers);
  });
  afterEach(() => vault.dispose());

  const isUnreadable = (error: unknown) => error instanceof WaybillError && error.code === "key-unreadable";

  it("gives a stored key to its own origin alone", async () => {
    assert.equal(await vault.store(CREDENTIAL), "stored");
    assert.deepEqual(await vault.read(ORIGIN), CREDENTIAL);
    assert.equal(await vault.read("https://evil.example"), undefined);
    assert.equal(await vault.state(ORIGIN), "present");
    assert.equal(vault.maskedKey(ORIGIN), "sk-or-v1-…cdef");
  });

  it("does not give out a key that was stored under another origin's name", async () => {
    await vault.store(CREDENTIAL);
    const [text = ""] = secrets.stored.values();
    secrets.stored.set("waybill.key https://evil.example", text);
    assert.equal(await vault.read("https://evil.example"), undefined);
  });

  it("keeps a key for the session when the machine cannot store it, and says so", async () => {
    for (const mode of ["throws", "forgets"] as const) {
      secrets.mode = mode;
      assert.equal(await vault.store(CREDENTIAL), "session-only");
      assert.equal(await vault.state(ORIGIN), "session-only");
      assert.deepEqual(await vault.read(ORIGIN), CREDENTIAL);
    }
  });

  it("tells a key that was lost from one that was never entered", async () => {
    assert.equal(await vault.state(ORIGIN), "none");
    await vault.store(CREDENTIAL);
    secrets.mode = "forgets";
    assert.equal(await vault.state(ORIGIN), "unreadable");
    await assert.rejects(vault.read(ORIGIN), isUnreadable);
  });

  it("does not wait for ever for a storage that never answers", async function () {
    this.timeout(15_000);
    secrets.mode = "silent";
    assert.equal(await vault.state(ORIGIN), "unreadable");
  });

  it("forgets a removed key", async () => {
    await vault.store(CREDENTIAL);
    await vault.remove(ORIGIN);
    assert.equal(await vault.state(ORIGIN), "none");
    assert.equal(secrets.stored.size, 0);
    assert.equal(markers.values.size, 0);
  });

  it("keeps nothing of the key outside the secret storage but its mask", async () => {
    await vault.store(CREDENTIAL);
    assert.ok(!JSON.stringify([...markers.values]).includes("0123456789"));
  });
});
