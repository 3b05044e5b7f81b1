import assert from "node:assert/strict";
import { ConfigurationTarget, commands, extensions, workspace } from "vscode";
import { COMMANDS, SETTINGS } from "../../src/extension/platform/contributions.ts";
import { currentSettings } from "../../src/extension/platform/settings.ts";

describe("the extension in the editor", () => {
  before(() => extensions.getExtension("waybill.waybill")?.activate());

  it("has registered every command of its manifest", async () => {
    const known = new Set(await commands.getCommands(true));
    for (const id of Object.values(COMMANDS)) assert.ok(known.has(id), id);
  });

  it("exports nothing that could give the key to another extension", () => {
    assert.equal(extensions.getExtension("waybill.waybill")?.exports, undefined);
  });

  it("takes no gateway, no key and no budget of the person from a workspace", async () => {
    const before = currentSettings();
    const hostile = workspace.getConfiguration();
    await assert.rejects(async () => hostile.update(SETTINGS.gatewayUrl, "https://evil.example/", false));
    await assert.rejects(async () => hostile.update(SETTINGS.userPerDay, 1_000_000, false));
    await assert.rejects(async () => hostile.update(SETTINGS.keysOfWorkspaces, { "*": "dear" }, false));
    await assert.rejects(async () => hostile.update(SETTINGS.environments, { production: { key: "dear" } }, false));
    assert.equal(currentSettings().gatewayUrl?.href, before.gatewayUrl?.href);
    assert.deepEqual(currentSettings().keyChoice, before.keyChoice);
    assert.deepEqual(currentSettings().limits, before.limits);
  });

  it("uses the key that the person's own settings name for the open folder", async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
    const configuration = workspace.getConfiguration();
    const choice = () => currentSettings().keyChoice;
    try {
      await configuration.update(SETTINGS.keysOfWorkspaces, { [folder]: "acme" }, ConfigurationTarget.Global);
      assert.deepEqual(choice(), { kind: "key", name: "acme", reason: { kind: "workspace", pattern: folder } });
    } finally {
      await configuration.update(SETTINGS.keysOfWorkspaces, undefined, ConfigurationTarget.Global);
    }
    assert.deepEqual(choice(), { kind: "key", name: "default", reason: { kind: "default" } });
  });

  it("lets a workspace lower its own budget and not raise it", async () => {
    const limit = () => currentSettings().limits.find(({ scope }) => scope === "workspace")?.limit;
    const configuration = workspace.getConfiguration();
    try {
      await configuration.update(SETTINGS.workspacePerDay, 0.25, false);
      assert.equal(limit(), 250_000_000);
      await configuration.update(SETTINGS.workspacePerDay, 1_000_000, false);
      assert.equal(limit(), 5_000_000_000);
    } finally {
      await configuration.update(SETTINGS.workspacePerDay, undefined, false);
    }
  });
});
