import assert from "node:assert/strict";
import { describeKeyChange } from "../../src/core/keys/describeKeyChange.ts";
import type { KeyVault } from "../../src/extension/platform/secrets.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { selectTransport } from "../../src/gateway/selectTransport.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { type SecretListeners, WindowSecrets } from "../extension/windowSecrets.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";

const OLD = "sk-or-v1-old0123456789";
const NEW = "sk-or-v1-new9876543210";

describe("promise 07: a changed key pays for the next request", () => {
  let editor: EditorStage;
  let simulator: Simulator;
  let machine: Map<string, string>;
  let markers: MemoryMemento;

  beforeEach(async () => {
    editor = openEditorStage();
    simulator = await startSimulator({ keys: [{ key: OLD }, { key: NEW }] });
    machine = new Map();
    markers = new MemoryMemento();
  });
  afterEach(async () => {
    await simulator.close();
    editor.remove();
  });

  /** A window of this machine: what it stores, and which key its requests carry. */
  async function openWindow(how: "shared" | "snapshot", listeners: SecretListeners = new Set()) {
    const { KeyVault } = await import("../../src/extension/platform/secrets.ts");
    const vault = new KeyVault(new WindowSecrets(machine, how, listeners), markers);
    const enter = (key: string) => vault.store({ origin: simulator.origin, key });
    return { vault, enter, paysWith: () => keyOfNextRequest(vault) };
  }

  async function keyOfNextRequest(vault: KeyVault): Promise<string> {
    const transport = selectTransport("direct", new URL(simulator.origin));
    const gateway = createOpenRouterGateway({
      baseUrl: new URL(simulator.baseUrl),
      transport: transport.send,
      credential: () => vault.read({ origin: simulator.origin, name: "default" }),
      now: () => 0,
    });
    await gateway.fetchKeyStatus(new AbortController().signal);
    await transport.close();
    return simulator.requests.at(-1)?.headers["authorization"] ?? "none";
  }

  it("of the window where it was entered, with the gateway that is in use already", async () => {
    const { vault, enter } = await openWindow("shared");
    const transport = selectTransport("direct", new URL(simulator.origin));
    const gateway = createOpenRouterGateway({
      baseUrl: new URL(simulator.baseUrl),
      transport: transport.send,
      credential: () => vault.read({ origin: simulator.origin, name: "default" }),
      now: () => 0,
    });
    const { signal } = new AbortController();
    const paid = async () => {
      await gateway.fetchKeyStatus(signal);
      return simulator.requests.at(-1)?.headers["authorization"];
    };
    await enter(OLD);
    const before = await paid();
    await enter(NEW);
    assert.notEqual(await paid(), before);
    await enter(OLD);
    assert.equal(await paid(), before);
    await vault.remove({ origin: simulator.origin, name: "default" });
    await assert.rejects(paid(), { code: "key-missing" });
    await transport.close();
  });

  it("of every other window of a desktop, which is told of it", async () => {
    const listeners: SecretListeners = new Set();
    const [first, second] = [await openWindow("shared", listeners), await openWindow("shared", listeners)];
    let changes = 0;
    second.vault.onDidChange(() => (changes += 1));
    await first.enter(OLD);
    const before = await second.paysWith();
    await first.enter(NEW);
    assert.ok(changes >= 2);
    assert.notEqual(await second.paysWith(), before);
    assert.equal(await second.paysWith(), await first.paysWith());
  });

  it("of another window of a browser only once it is reloaded, and that is what the person is told", async () => {
    const first = await openWindow("snapshot");
    await first.enter(OLD);
    const second = await openWindow("snapshot");
    const before = await second.paysWith();
    await first.enter(NEW);
    assert.equal(await second.paysWith(), before, "the page read all secrets when it was loaded");
    const reloaded = await openWindow("snapshot");
    assert.equal(await reloaded.paysWith(), await first.paysWith());
    assert.notEqual(await reloaded.paysWith(), before);

    await second.vault.store({ origin: "https://openrouter.ai", key: NEW });
    assert.equal(await (await openWindow("snapshot")).paysWith(), before, "its next write takes the change back");
    const told = describeKeyChange({ host: "openrouter.ai", before: undefined, isInBrowser: true });
    assert.match(told, /Reload the other windows.* go on with what they had, .* may undo this change\.$/);
  });

  const OTHER_WINDOWS = /Reload the other windows/;
  const say = (uiKind: 1 | 2, action: "replaced" | "removed") =>
    it(`is told when a key is ${action} in ${uiKind === 2 ? "a browser" : "a desktop"}, with the way to revoke the old one`, async () => {
      editor.screen.uiKind = uiKind;
      const { vault } = await openWindow("shared");
      const origin = "https://openrouter.ai";
      await vault.store({ origin, key: OLD });
      editor.answer = ({ choices }) => ["Remove", "Revoke the Old Key", "Open"].find((each) => choices.includes(each));
      const keyChoice = { kind: "key", name: "default", reason: { kind: "default" } };
      const gateway = { fetchKeyStatus: async () => ({ limit: undefined }) };
      const services = {
        ...{ keys: vault, settings: () => ({ keyChoice, gatewayUrl: new URL(origin) }) },
        engine: { get: async () => ({ gatewayWithKey: () => gateway }) },
      };
      const { keepKey } = await import("../../src/extension/features/key/enterKey.ts");
      const { removeKey } = await import("../../src/extension/features/key/removeKey.ts");
      if (action === "removed") await removeKey(services as never, { origin, name: "default" });
      else await keepKey(services as never, { origin, host: "openrouter.ai", keyName: "default", key: NEW });
      const told = editor.questions.find(({ text }) => text.includes("stays valid"))?.text ?? "";
      assert.match(told, /The key sk-or-v1-…6789 stays valid at openrouter\.ai until you revoke it there\./);
      assert.equal(OTHER_WINDOWS.test(told), uiKind === 2);
      assert.deepEqual(
        editor.effects.filter(({ kind }) => kind === "external").map(({ what }) => what),
        ["https://openrouter.ai/settings/keys"],
      );
      assert.ok(editor.questions.some(({ isModal, detail }) => isModal && detail.includes("/settings/keys")));
    });
  for (const action of ["replaced", "removed"] as const) {
    say(1, action);
    say(2, action);
  }
});
