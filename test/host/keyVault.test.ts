import assert from "node:assert/strict";
import {
  ConfigurationTarget,
  Disposable,
  EventEmitter,
  type SecretStorage,
  type SecretStorageChangeEvent,
  workspace,
} from "vscode";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import { KeyVault } from "../../src/extension/platform/secrets.ts";
import { watchKeyChoice } from "../../src/extension/platform/watchKeyChoice.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";

const TIMEOUT_MS = 100;
const ORIGIN = "https://openrouter.ai";
const ID = { origin: ORIGIN, name: "default" };
const ELSEWHERE = { origin: "https://evil.example", name: "default" };
const CREDENTIAL = { origin: ORIGIN, key: "sk-or-v1-0123456789abcdef", keyName: "default" };
const ACME_ID = { origin: ORIGIN, name: "acme" };
const ACME = { origin: ORIGIN, key: "sk-or-v1-fedcba9876543210", keyName: "acme" };

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
    await this.#behave();
    this.stored.delete(key);
  }

  changeElsewhere(): void {
    this.#changes.fire({ key: `waybill.key ${ORIGIN}` });
  }

  async keys(): Promise<string[]> {
    await this.#behave();
    return [...this.stored.keys()];
  }

  async #behave(): Promise<void> {
    if (this.mode === "throws") throw new Error("no keyring");
    if (this.mode === "silent") await new Promise(() => undefined);
  }
}

describe("the key vault", () => {
  let secrets: FakeSecrets;
  let markers: MemoryMemento;
  let vault: KeyVault;
  beforeEach(() => {
    secrets = new FakeSecrets();
    markers = new MemoryMemento();
    vault = new KeyVault(secrets, markers, TIMEOUT_MS);
  });
  afterEach(() => vault.dispose());

  const isUnreadable = (error: unknown) => error instanceof WaybillError && error.code === "key-unreadable";

  it("gives a stored key to its own origin alone", async () => {
    assert.equal(await vault.store(CREDENTIAL), "stored");
    assert.deepEqual(await vault.read(ID), CREDENTIAL);
    assert.equal(await vault.read(ELSEWHERE), undefined);
    assert.equal(await vault.state(ID), "present");
    assert.equal(vault.maskedKey(ID), "sk-or-v1-…cdef");
  });

  it("does not give out a key that was stored under another origin's name", async () => {
    await vault.store(CREDENTIAL);
    const [text = ""] = secrets.stored.values();
    secrets.stored.set("waybill.key https://evil.example", text);
    await assert.rejects(vault.read(ELSEWHERE), isUnreadable);
  });

  it("keeps a key for the session when the machine cannot store it, and says so", async () => {
    for (const mode of ["throws", "forgets"] as const) {
      secrets.mode = mode;
      assert.equal(await vault.store(CREDENTIAL), "session-only");
      assert.equal(await vault.state(ID), "session-only");
      assert.deepEqual(await vault.read(ID), CREDENTIAL);
    }
  });

  it("tells a key that was lost from one that was never entered", async () => {
    assert.equal(await vault.state(ID), "none");
    await vault.store(CREDENTIAL);
    secrets.mode = "forgets";
    assert.equal(await vault.state(ID), "unreadable");
    await assert.rejects(vault.read(ID), isUnreadable);
  });

  it("does not wait for ever for a storage that never answers", async () => {
    secrets.mode = "silent";
    assert.equal(await vault.state(ID), "unreadable");
    assert.equal(await vault.store(CREDENTIAL), "session-only");
    await assert.rejects(vault.remove(ID), isUnreadable);
    assert.deepEqual(await vault.list(), []);
  });

  it("forgets a removed key", async () => {
    await vault.store(CREDENTIAL);
    await vault.remove(ID);
    assert.equal(await vault.state(ID), "none");
    assert.equal(secrets.stored.size, 0);
    assert.equal(markers.values.size, 0);
  });

  it("keeps keys of several names and gateways apart, and lists them all", async () => {
    await vault.store(CREDENTIAL);
    await vault.store(ACME);
    await vault.store({ origin: "http://127.0.0.1:9", key: "local-key-of-ten", keyName: "acme" });
    assert.deepEqual(await vault.read(ID), CREDENTIAL);
    assert.deepEqual(await vault.read(ACME_ID), ACME);
    assert.equal(await vault.read({ origin: ORIGIN, name: "other" }), undefined);
    assert.deepEqual(await vault.list(), [{ origin: "http://127.0.0.1:9", name: "acme" }, ID, ACME_ID]);
    await vault.remove(ID);
    assert.equal(await vault.state(ID), "none");
    assert.equal(await vault.state(ACME_ID), "present");
  });

  it("finds the key that was stored before keys had names", async () => {
    const { origin, key } = CREDENTIAL;
    secrets.stored.set(`waybill.key ${origin}`, JSON.stringify({ origin, key }));
    assert.deepEqual(await vault.read(ID), CREDENTIAL);
    assert.deepEqual(await vault.list(), [ID]);
  });

  it("does not give out a key that was stored under another key's name", async () => {
    await vault.store(ACME);
    const [text = ""] = secrets.stored.values();
    secrets.stored.set(`waybill.key ${ORIGIN} production`, text);
    secrets.stored.set(`waybill.key ${ORIGIN}`, text);
    await assert.rejects(vault.read({ origin: ORIGIN, name: "production" }), isUnreadable);
    await assert.rejects(vault.read(ID), isUnreadable);
  });

  it("takes a new key in the place of the old one, and falls back on no other when that is lost", async () => {
    await vault.store(CREDENTIAL);
    await vault.store(ACME);
    await vault.store({ ...ACME, key: "sk-or-v1-new" });
    assert.equal((await vault.read(ACME_ID))?.key, "sk-or-v1-new");
    secrets.stored.delete(`waybill.key ${ORIGIN} acme`);
    await assert.rejects(vault.read(ACME_ID), { code: "key-unreadable", detail: "acme" });
  });

  it("uses a replacement that could not be stored until the window closes, and the old key after that", async () => {
    await vault.store(ACME);
    secrets.mode = "throws";
    assert.equal(await vault.store({ ...ACME, key: "sk-or-v1-replacement" }), "session-only");
    assert.equal((await vault.read(ACME_ID))?.key, "sk-or-v1-replacement");
    assert.equal(vault.maskedKey(ACME_ID), "sk-or-v1-…ment");
    secrets.mode = "works";
    const nextWindow = new KeyVault(secrets, markers);
    assert.deepEqual(await nextWindow.read(ACME_ID), ACME);
    nextWindow.dispose();
  });

  it("does not call a key gone that the storage failed to remove", async () => {
    await vault.store(ACME);
    for (const mode of ["throws", "silent"] as const) {
      secrets.mode = mode;
      await assert.rejects(vault.remove(ACME_ID), isUnreadable);
      assert.equal(await vault.state(ACME_ID), "unreadable");
      assert.deepEqual(await vault.list(), [ACME_ID]);
    }
    secrets.mode = "works";
    assert.equal(await vault.state(ACME_ID), "present");
  });

  it("calls a key unreadable for which the storage has garbage", async () => {
    for (const garbage of ["", "{", "null", "[]", "{}", `{"origin":"${ORIGIN}","key":""}`, `{"key":"k"}`, "1"]) {
      secrets.stored.set(`waybill.key ${ORIGIN} acme`, garbage);
      assert.equal(await vault.state(ACME_ID), "unreadable", garbage);
    }
    secrets.stored.set(`waybill.key ${ORIGIN} sk-or-v1-no-name-at-all`, "x");
    assert.deepEqual(await vault.list(), [ACME_ID]);
  });

  it("tells of changes in other windows and of another choice", async () => {
    let changes = 0;
    const listener = vault.onDidChange(() => (changes += 1));
    secrets.changeElsewhere();
    vault.noteChoice();
    assert.equal(changes, 2);
    listener.dispose();
  });

  it("keeps nothing of a key outside the secret storage but its mask", async () => {
    for (const mode of ["works", "throws"] as const) {
      secrets.mode = mode;
      await vault.store(CREDENTIAL);
      await vault.store(ACME);
      const marked = JSON.stringify([...markers.values]);
      assert.ok(!/0123456789|9876543210/.test(marked));
    }
  });

  it("tells when settings choose another key, and not of other settings", async () => {
    let changes = 0;
    const listeners = Disposable.from(
      vault.onDidChange(() => (changes += 1)),
      watchKeyChoice(vault),
    );
    const set = (key: string, value: unknown) =>
      workspace.getConfiguration().update(key, value, ConfigurationTarget.Global);
    try {
      await set(SETTINGS.environments, { staging: { key: "acme" } });
      await set(SETTINGS.maxTokens, 1_000);
      assert.equal(changes, 0);
      await set(SETTINGS.environment, "staging");
      assert.equal(changes, 1);
      await set(SETTINGS.environment, undefined);
      assert.equal(changes, 2);
    } finally {
      for (const key of [SETTINGS.environment, SETTINGS.environments, SETTINGS.maxTokens]) await set(key, undefined);
      listeners.dispose();
    }
  });
});
