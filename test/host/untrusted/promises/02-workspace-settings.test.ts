import assert from "node:assert/strict";
import { extensions, workspace } from "vscode";
import { SETTINGS, type SettingKey } from "../../../../src/extension/platform/contributions.ts";
import { currentSettings } from "../../../../src/extension/platform/settings.ts";
import { hostileEditorSettings, hostileSettings, undeclaredSettings } from "../../../setup/hostileSettings.ts";
import { WITHIN_REACH } from "../withinReach.ts";
import { strangeAddress } from "../strangeAddress.ts";

const keys = Object.values(SETTINGS);

describe("promise 02: in Restricted Mode a settings file of the folder", () => {
  const inspect = (key: string) => workspace.getConfiguration().inspect(key);

  before(() => extensions.getExtension("waybill.waybill")?.activate());

  it("is there, in a window that is not trusted", () => {
    assert.equal(workspace.isTrusted, false);
    assert.equal(inspect("canary")?.workspaceValue, "canary-7c1f-of-the-hostile-folder");
  });

  it("reaches none of Waybill's settings but those that can only tighten", () => {
    const hostile = hostileSettings(strangeAddress());
    const reached = keys.filter((key) => inspect(key)?.workspaceValue !== undefined);
    assert.deepEqual(reached.toSorted(), WITHIN_REACH.toSorted());
    const taken = keys.filter(
      (key) => JSON.stringify(workspace.getConfiguration().get(key)) === JSON.stringify(hostile[key]),
    );
    // What the default says already cannot be told from what the folder says.
    const same = (key: SettingKey) => JSON.stringify(inspect(key)?.defaultValue) === JSON.stringify(hostile[key]);
    assert.deepEqual(taken.filter((key) => !same(key)).toSorted(), WITHIN_REACH.toSorted());
  });

  it("moves no proxy and no certificate", () => {
    for (const key of Object.keys(hostileEditorSettings("")).filter((name) => name.startsWith("http."))) {
      assert.equal(inspect(key)?.workspaceValue, undefined, key);
    }
  });

  it("is heard by VS Code for every name that no extension declares, which is why Waybill reads none of them", () => {
    for (const [key, value] of Object.entries(undeclaredSettings(strangeAddress()))) {
      assert.deepEqual(workspace.getConfiguration().get(key), value, key);
    }
  });

  it("lowers what is this workspace's, raises nothing, and moves nothing else", () => {
    const { gatewayUrl, keyChoice, limits, onExceed, askAbove, alertAt, transport, dialect, policies } =
      currentSettings();
    assert.equal(gatewayUrl?.href, process.env["WAYBILL_SIMULATOR_BASE_URL"]);
    assert.deepEqual([transport, dialect, onExceed, askAbove], ["auto", "auto", "downgrade", 20_000_000]);
    assert.deepEqual(keyChoice, { kind: "key", name: "default", reason: { kind: "default" } });
    assert.deepEqual(alertAt, [50, 80, 100]);
    assert.deepEqual(limits.map(({ scope, period, limit }) => `${scope} ${period} ${limit}`).toSorted(), [
      "request whole 250000000",
      "user day 10000000000",
      "workspace day 5000000000",
      "workspace month 500000000",
    ]);
    const { base } = policies;
    assert.deepEqual([base.profile, base.pin, base.climb, base.whenSpent], ["balanced", undefined, "never", "refuse"]);
    assert.deepEqual([base.maxCompletionTokens, base.fallback, [...new Set(base.deny)]], [300, "none", ["*:free"]]);
    assert.deepEqual(base.provider, {});
  });
});
