import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventEmitter, ExtensionKind, ExtensionMode, type SecretStorage, UIKind, type Uri, env, window } from "vscode";
import { signIn } from "../../src/extension/features/signIn/signIn.ts";
import { createEngine, type Engine } from "../../src/extension/platform/engine.ts";
import type { Settings } from "../../src/extension/platform/readSettings.ts";
import { KeyVault } from "../../src/extension/platform/secrets.ts";
import { currentSettings } from "../../src/extension/platform/settings.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";

/** A machine that keeps secrets. */
class MemorySecrets implements SecretStorage {
  readonly stored = new Map<string, string>();
  readonly onDidChange = new EventEmitter<never>().event;

  async get(key: string): Promise<string | undefined> {
    return this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.stored.delete(key);
  }

  async keys(): Promise<string[]> {
    return [...this.stored.keys()];
  }
}

/** Of the editor's own network, since the bundle of these tests cannot load the other transport. */
function settings(): Settings {
  return { ...currentSettings(), transport: "host" };
}

describe("signing in, in VS Code", () => {
  let storageFolder: string;
  let engine: Engine;
  let keys: KeyVault;
  /** What the person read. */
  let told: string[];
  /** What the browser showed last. */
  let page: Promise<string>;
  let restore: () => void;

  beforeEach(async () => {
    storageFolder = await mkdtemp(join(tmpdir(), "waybill-sign-in-"));
    keys = new KeyVault(new MemorySecrets(), new MemoryMemento());
    const nothing = () => undefined;
    engine = createEngine({
      ...{ storageFolder, settings, mayUse: () => true, askToUse: async () => true },
      credential: (id) => keys.read(id),
      ...{ reportCatalog: nothing, reportLongPrompt: nothing, reportKeyNews: nothing },
      ...{ reportLive: nothing, reportRepair: nothing, reportOutbox: nothing },
    });
    told = [];
    const say = async (text: string) => {
      told.push(text);
      return text.startsWith("Open this web address") ? "Open" : undefined;
    };
    restore = replace([
      [window, "showInformationMessage", say],
      [window, "showWarningMessage", say],
      [window, "showErrorMessage", say],
      [window, "showInputBox", async () => /<code>(.*)<\/code>/.exec(await page)?.[1]],
      [env, "openExternal", openPage],
    ]);
  });

  afterEach(async () => {
    restore();
    await page.catch(() => undefined);
    keys.dispose();
    await engine.close();
    await rm(storageFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The person clicks on _Allow_, and the browser goes where it is sent. */
  async function openPage(uri: Uri): Promise<boolean> {
    // As the editor itself writes it for a browser.
    const address = encodeURI(uri.toString(true));
    page = fetch(`${address}&decision=allow`).then((answer) => answer.text());
    return true;
  }

  async function run(): Promise<void> {
    const context = { extensionMode: ExtensionMode.Test, extension: { extensionKind: ExtensionKind.Workspace } };
    const log = { error: (event: string) => assert.fail(event) };
    const consents = { obtain: async () => true };
    const services = { settings, keys, log, context, consents, engine: { get: async () => engine } };
    await signIn(services as never, { signal: new AbortController().signal, keyName: "signed-in" });
  }

  async function assertKey(): Promise<void> {
    const origin = currentSettings().gatewayUrl?.origin ?? "";
    const credential = await keys.read({ origin, name: "signed-in" });
    assert.match(credential?.key ?? "", /^sk-or-v1-[0-9a-f]{64}$/, told.join("\n"));
    assert.match(told.at(-1) ?? "", /^The key signed-in \(sk-or-v1-….{4}\) is stored\. .* accepts it\./);
    assert.ok(!told.join("\n").includes(credential?.key ?? "sk-or-v1-"));
  }

  it("takes the code that the browser brings to a port of this machine", async () => {
    const before = restore;
    const undo = replace([
      [env, "uiKind", UIKind.Desktop],
      [env, "remoteName", undefined],
    ]);
    restore = () => {
      undo();
      before();
    };
    await run();
    await assertKey();
    assert.match(await page, /Signed in/);
  });

  it("takes the code that the person pastes where the editor is in a browser or far away", async () => {
    const before = restore;
    const undo = replace([[env, "uiKind", UIKind.Web]]);
    restore = () => {
      undo();
      before();
    };
    await run();
    await assertKey();
    assert.match(await page, /<code>auth_code_/);
  });
});

/** Puts something else in the place of parts of the editor; answers how to put them back. */
function replace(parts: readonly (readonly [object, string, unknown])[]): () => void {
  const undo = parts.map(([owner, name, value]) => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { configurable: true, value });
    return () => {
      if (before === undefined) Reflect.deleteProperty(owner, name);
      else Object.defineProperty(owner, name, before);
    };
  });
  return () => undo.forEach((put) => put());
}
