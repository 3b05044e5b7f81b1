import assert from "node:assert/strict";
import fc from "fast-check";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { RawSetting } from "../../src/extension/platform/settingReader.ts";
import { WORKSPACE_SETTINGS } from "../../src/extension/features/folderTrust/judgeSettings.ts";
import { readJsonc } from "../../src/extension/features/folderTrust/readJsonc.ts";
import { readSettingsFile } from "../../src/extension/features/folderTrust/readSettingsFile.ts";
import { readManifest } from "../architecture/manifest.ts";
import { hostileEditorSettings, hostileSettings, undeclaredSettings } from "../setup/hostileSettings.ts";

const properties = readManifest().contributes.configuration.properties;

/** The person has set nothing but these. */
const own =
  (values: Readonly<Record<string, unknown>> = {}) =>
  (key: string): RawSetting => ({
    ...{ defaultValue: properties[key]?.default, userValue: values[key], workspaceValue: undefined },
  });

function look(
  text: string,
  { name = ".vscode/settings.json", values = {}, opened = undefined as string | undefined } = {},
) {
  const found = readSettingsFile({ name, text, own: own(values), opened });
  return "settings" in found ? found : assert.fail(found.problem);
}

const rowsOf = (settings: object, values = {}) =>
  look(JSON.stringify(settings), { values }).settings.map(({ name, verdict, why }) => `${name} ${verdict}: ${why}`);

describe("what a settings file of a folder says", () => {
  it("holds where it is stricter, is refused where it is not, and says why", () => {
    assert.deepEqual(rowsOf({ [SETTINGS.workspacePerDay]: 0.5, [SETTINGS.perChat]: 3 }), [
      "waybill.budget.workspacePerDay holds: stricter than yours",
      "waybill.budget.perChat holds: stricter than yours",
    ]);
    assert.deepEqual(rowsOf({ [SETTINGS.workspacePerDay]: 50, [SETTINGS.onExceed]: "ask" }), [
      "waybill.budget.workspacePerDay refused: yours is as strict, or stricter",
      "waybill.budget.onExceed refused: yours is as strict, or stricter",
    ]);
    assert.deepEqual(rowsOf({ [SETTINGS.workspacePerDay]: null, [SETTINGS.perChat]: "much" }), [
      "waybill.budget.workspacePerDay refused: it asks for nothing",
      "waybill.budget.perChat refused: it must be an amount in US dollars, or null",
    ]);
  });

  it("is judged by what the person has set, not by the defaults", () => {
    const values = { [SETTINGS.workspacePerDay]: 0.1, [SETTINGS.workspacePolicy]: { maxTokens: 300 } };
    assert.deepEqual(
      rowsOf({ [SETTINGS.workspacePerDay]: 0.5, [SETTINGS.workspacePolicy]: { maxTokens: 400 } }, values),
      [
        "waybill.budget.workspacePerDay refused: yours is as strict, or stricter",
        "waybill.routing.workspacePolicy: maxTokens refused: yours is as strict, or stricter",
      ],
    );
  });

  it("is judged rule by rule where it is a policy", () => {
    const policy = { deny: ["*:free", 7], maxTokens: 300, zdr: false, pin: "evil/model" };
    const rows = look(JSON.stringify({ [SETTINGS.workspacePolicy]: policy })).settings;
    assert.deepEqual(
      rows.map(({ name, written, verdict }) => `${name} ${written} ${verdict}`),
      [
        `waybill.routing.workspacePolicy: deny ["*:free",7] holds`,
        "waybill.routing.workspacePolicy: maxTokens 300 holds",
        "waybill.routing.workspacePolicy: deny.1 7 refused",
        "waybill.routing.workspacePolicy: zdr false refused",
        `waybill.routing.workspacePolicy: pin "evil/model" refused`,
      ],
    );
  });

  it("is refused for everything that is the person's alone, and for names that nobody declared", () => {
    const address = "https://evil.example";
    const settings = { ...hostileSettings(address), ...undeclaredSettings(address), ...hostileEditorSettings(address) };
    const held = look(JSON.stringify(settings)).settings.filter(({ verdict }) => verdict === "holds");
    assert.deepEqual(
      [...new Set(held.map(({ name }) => name.split(":")[0]))],
      [SETTINGS.workspacePerMonth, SETTINGS.perRequest, SETTINGS.askAbove, SETTINGS.workspacePolicy],
    );
    assert.deepEqual(rowsOf({ "waybill.baseUrl": address, [SETTINGS.gatewayUrl]: address, "http.proxy": address }), [
      "waybill.baseUrl refused: Waybill has no such setting",
      "waybill.gateway.url refused: only your own settings count",
      "http.proxy refused: only your own settings count",
    ]);
  });

  it("has a say in the settings whose scope lets it, and in no others", () => {
    const inReach = Object.entries(properties).filter(
      ([, { scope }]) => scope !== "application" && scope !== "machine",
    );
    assert.deepEqual(
      inReach.map(([key]) => key),
      WORKSPACE_SETTINGS,
    );
  });

  it("is read with remarks, trailing commas, a byte order mark and broken parts, as VS Code reads it", () => {
    const text = `\uFEFF// hello\n{ /* all */ "waybill.budget.perChat": 1, "editor.tabSize": 2,\n "x": [1,], oops }`;
    const { settings, others, isBroken } = look(text.replace("\uFEFF", ""));
    assert.deepEqual([settings.map(({ name }) => name), others, isBroken], [["waybill.budget.perChat"], 2, true]);
  });

  it("names tasks that VS Code starts with the folder", () => {
    const tasks = [{ label: "evil", runOptions: { runOn: "folderOpen" } }, { label: "fine" }, 7, null];
    assert.deepEqual(look(JSON.stringify({ tasks }), { name: ".vscode/tasks.json" }).tasksOnOpen, ["evil"]);
    const workspace = { folders: [], settings: { "waybill.autoApply": true }, tasks: { tasks } };
    const found = look(JSON.stringify(workspace), { name: "all.code-workspace" });
    assert.deepEqual([found.tasksOnOpen, found.settings.length], [["evil"], 1]);
    assert.match(found.when ?? "", /opened with it, which this one is not/u);
  });

  it("never throws, however deep or strange it is", () => {
    for (const text of ["[".repeat(100_000), '{"a":'.repeat(100_000), "", "7", '{"__proto__":{"x":1}}', "\0"]) {
      readJsonc(text);
      readSettingsFile({ name: ".vscode/settings.json", text, own: own(), opened: undefined });
    }
    const key = fc.constantFrom(...Object.values(SETTINGS), "__proto__", "constructor", "http.proxy");
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (settings) => {
        assert.ok(Array.isArray(look(JSON.stringify(settings)).settings));
      }),
    );
  });
});
