import assert from "node:assert/strict";
import {
  type OpenWorkspace,
  formHint,
  formTitle,
  settingsFileOf,
} from "../../src/extension/features/budget/openWorkspace.ts";

const FOLDER: OpenWorkspace = { folders: ["alpha"], file: undefined, isTrusted: true };
const SEVERAL: OpenWorkspace = {
  folders: ["alpha", "beta"],
  file: { name: "acme.code-workspace", isSaved: true },
  isTrusted: true,
};

const UNSAVED: OpenWorkspace = { ...SEVERAL, file: { name: "1763.code-workspace", isSaved: false } };
const NOTHING: OpenWorkspace = { ...FOLDER, folders: [] };

describe("the workspace of the form of the budgets", () => {
  it("has its settings in its folder, in its file, or none", () => {
    assert.equal(settingsFileOf(FOLDER), ".vscode/settings.json of alpha");
    assert.equal(settingsFileOf(SEVERAL), "acme.code-workspace");
    assert.equal(settingsFileOf({ ...SEVERAL, folders: [] }), "acme.code-workspace");
    assert.equal(settingsFileOf(UNSAVED), "a workspace that is not saved yet");
    assert.equal(settingsFileOf(NOTHING), undefined);
  });

  it("is named, with whether it is trusted", () => {
    assert.equal(formTitle(FOLDER), "Waybill: Budgets of alpha");
    assert.equal(formTitle({ ...SEVERAL, isTrusted: false }), "Waybill: Budgets of acme.code-workspace (not trusted)");
    assert.equal(formTitle(UNSAVED), "Waybill: Budgets of an unsaved workspace");
    assert.equal(formTitle(NOTHING), "Waybill: Budgets");
  });

  it("is told of where its folders have no say, where it is not trusted, and where there is none", () => {
    assert.equal(formHint(FOLDER), "Choose a limit to change.");
    assert.match(formHint({ ...FOLDER, isTrusted: false }), /; this workspace's own count, too, for they only lower/);
    for (const isTrusted of [true, false]) {
      assert.match(
        formHint({ ...SEVERAL, isTrusted }),
        /in the workspace's file count, those in its folders do not\.$/,
      );
    }
    assert.match(formHint(NOTHING), /No folder is open, so what you set holds everywhere\.$/);
  });
});
