import assert from "node:assert/strict";
import fc from "fast-check";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { type RawSetting, readSettings } from "../../src/extension/platform/readSettings.ts";
import { readManifest } from "../architecture/manifest.ts";

type Values = Partial<Record<SettingKey, { user?: unknown; workspace?: unknown }>>;

const defaults = readManifest().contributes.configuration.properties;

function read(values: Values = {}) {
  return readSettings((key): RawSetting => ({
    defaultValue: defaults[key]?.default,
    userValue: values[key]?.user,
    workspaceValue: values[key]?.workspace,
  }));
}

const limitOf = (values: Values, scope: string) => read(values).limits.find((limit) => limit.scope === scope)?.limit;

describe("settings", () => {
  it("have sound defaults", () => {
    const settings = read();
    assert.deepEqual(settings.invalid, []);
    assert.equal(settings.gatewayUrl?.href, "https://openrouter.ai/api/v1");
    assert.equal(settings.policy.profile, "balanced");
    assert.equal(settings.policy.maxCompletionTokens, 4096);
    assert.equal(limitOf({}, "user"), 10e9);
    assert.equal(limitOf({}, "workspace"), 5e9);
  });

  it("of a workspace lower its budget and never raise it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.anything(), (user, workspace) => {
        const alone = limitOf({ [SETTINGS.workspacePerDay]: { user } }, "workspace");
        const both = limitOf({ [SETTINGS.workspacePerDay]: { user, workspace } }, "workspace");
        assert.ok(alone !== undefined && both !== undefined && both <= alone);
      }),
    );
  });

  it("of a workspace cannot touch the gateway, the person's budget, the profile or the pins", () => {
    const hostile: Values = {
      [SETTINGS.gatewayUrl]: { workspace: "https://evil.example" },
      [SETTINGS.gatewayTransport]: { workspace: "direct" },
      [SETTINGS.profile]: { workspace: "quality" },
      [SETTINGS.pins]: { workspace: { explain: "dear/model" } },
      [SETTINGS.maxTokens]: { workspace: 65_536 },
    };
    assert.deepEqual(read(hostile), read());
  });

  it("that make no sense are named, and the default is used", () => {
    const nonsense: Values = {
      [SETTINGS.gatewayTransport]: { user: "carrier pigeon" },
      [SETTINGS.userPerDay]: { user: "ten" },
      [SETTINGS.workspacePerDay]: { user: -1 },
      [SETTINGS.profile]: { user: 7 },
      [SETTINGS.pins]: { user: { explian: "a/b" } },
      [SETTINGS.maxTokens]: { user: 1.5 },
    };
    const settings = read(nonsense);
    assert.deepEqual(settings.invalid.map(({ key }) => key).toSorted(), Object.keys(nonsense).toSorted());
    assert.deepEqual({ ...settings, invalid: [] }, read());
  });

  it("without a usable gateway address leave none, rather than another one", () => {
    for (const user of [
      "",
      "not a url",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "https://user:pass@host/",
      "https://host/?key=1",
      5,
      null,
    ]) {
      const settings = read({ [SETTINGS.gatewayUrl]: { user: user ?? "" } });
      assert.equal(settings.gatewayUrl, undefined, String(user));
      assert.equal(settings.invalid[0]?.key, SETTINGS.gatewayUrl);
    }
  });

  it("take null for no limit", () => {
    assert.equal(limitOf({ [SETTINGS.userPerDay]: { user: null } }, "user"), undefined);
    assert.equal(limitOf({ [SETTINGS.workspacePerDay]: { user: null, workspace: 1 } }, "workspace"), 1e9);
  });
});
