import assert from "node:assert/strict";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { type StorageMode, WindowSecrets } from "../extension/windowSecrets.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";

const ORIGIN = "https://openrouter.ai";
const ID = { origin: ORIGIN, name: "default" };
const KEY = "sk-or-v1-0123456789abcdef";
const TIMEOUT_MS = 50;

describe("promise 06: what Waybill says of the key is true", () => {
  let editor: EditorStage;
  let machine: Map<string, string>;
  let markers: MemoryMemento;
  beforeEach(() => {
    editor = openEditorStage();
    machine = new Map();
    markers = new MemoryMemento();
  });
  afterEach(() => editor.remove());

  async function openVault(mode: StorageMode = "works") {
    const { KeyVault } = await import("../../src/extension/platform/secrets.ts");
    const secrets = new WindowSecrets(machine, "shared");
    secrets.mode = mode;
    return { secrets, vault: new KeyVault(secrets, markers, TIMEOUT_MS) };
  }

  /** What a window that is opened later says, of a storage that works again or not. */
  async function stateLater(mode: StorageMode) {
    return (await openVault(mode)).vault.state(ID);
  }

  const check = (
    mode: StorageMode,
    expected: { readonly kept: string; readonly now: string; readonly later: string },
  ) =>
    it(`of a storage that ${mode}: ${expected.kept}, then ${expected.now}, in the next window ${expected.later}`, async () => {
      const { vault } = await openVault(mode);
      assert.equal(await vault.store({ origin: ORIGIN, key: KEY }), expected.kept);
      assert.equal(await vault.state(ID), expected.now);
      assert.equal((await vault.read(ID))?.key, KEY, "this window can go on");
      assert.equal(await stateLater("works"), expected.later);
    });
  check("works", { kept: "stored", now: "present", later: "present" });
  check("throws", { kept: "session-only", now: "session-only", later: "none" });
  check("silent", { kept: "session-only", now: "session-only", later: "none" });
  // The write may have worked after all; what was read back did not show it, so nothing more is claimed.
  check("forgets", { kept: "session-only", now: "session-only", later: "present" });
  check("stale", { kept: "session-only", now: "session-only", later: "present" });

  it("does not take an old key that is read back for the new one", async () => {
    const { vault, secrets } = await openVault();
    await vault.store({ origin: ORIGIN, key: `${KEY}-old` });
    secrets.mode = "stale";
    assert.equal(await vault.store({ origin: ORIGIN, key: KEY }), "session-only");
    assert.equal((await vault.read(ID))?.key, KEY);
    assert.ok(vault.isForSession(ID));
    assert.equal(vault.maskedKey(ID), "sk-or-v1-…cdef");
  });

  it("tells a key that was lost from one that was never there", async () => {
    const { vault } = await openVault();
    assert.equal(await vault.state(ID), "none");
    await vault.store({ origin: ORIGIN, key: KEY });
    machine.clear();
    assert.equal(await vault.state(ID), "unreadable");
    assert.equal(await stateLater("silent"), "unreadable");
  });

  const say = (mode: StorageMode, before: string | undefined, expected: RegExp) =>
    it(`is told when a key is entered and the storage ${mode}${before === undefined ? "" : ", over another key"}`, async () => {
      const { vault, secrets } = await openVault();
      if (before !== undefined) await vault.store({ origin: ORIGIN, key: before });
      secrets.mode = mode;
      const { keepKey } = await import("../../src/extension/features/key/enterKey.ts");
      const keyChoice = { kind: "key", name: "default", reason: { kind: "default" } };
      const gateway = { fetchKeyStatus: async () => ({ limit: undefined }) };
      const services = {
        ...{ keys: vault, settings: () => ({ keyChoice, gatewayUrl: new URL(ORIGIN) }) },
        engine: { get: async () => ({ gatewayWithKey: () => gateway }) },
      };
      const newKey = { origin: ORIGIN, host: "openrouter.ai", keyName: "default", key: KEY };
      await keepKey(services as never, newKey);
      assert.match(editor.questions.at(-1)?.text ?? "", expected);
      assert.ok(!JSON.stringify(editor.questions).includes(KEY));
    });
  say("works", undefined, /^The key sk-or-v1-…cdef is stored\. openrouter\.ai accepts it\./);
  say(
    "works",
    `${KEY}-old`,
    /is stored\. .* The key sk-or-v1-….* stays valid at openrouter\.ai until you revoke it there\.$/,
  );
  say("throws", undefined, /^This machine has no keyring that answers, so the key is kept until this window closes\./);
  say(
    "stale",
    `${KEY}-old`,
    /^The keyring of this machine did not take the key, .* the one before it may be used again\./,
  );
});
