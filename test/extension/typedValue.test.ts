import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMIT_FIELDS } from "../../src/extension/features/budget/limitFields.ts";
import {
  expectedText,
  noneText,
  readTyped,
  typedText,
  unitText,
} from "../../src/extension/features/budget/typedValue.ts";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";

function fieldOf(key: SettingKey) {
  const field = LIMIT_FIELDS.find((each) => each.key === key);
  assert.ok(field, key);
  return field;
}

describe("what is typed into the form of the budgets", () => {
  const reads = (key: SettingKey, text: string, value: unknown) =>
    it(`reads ${JSON.stringify(text)} for ${key} as ${JSON.stringify(value)}`, () =>
      assert.deepEqual(readTyped(fieldOf(key), text), value));
  reads(SETTINGS.workspacePerDay, "0.50", 0.5);
  reads(SETTINGS.workspacePerDay, " $ 3 ", 3);
  reads(SETTINGS.workspacePerDay, "0,5", 0.5);
  reads(SETTINGS.workspacePerDay, "none", null);
  reads(SETTINGS.workspacePerDay, "0", 0);
  reads(SETTINGS.workspacePerDay, "-1", undefined);
  reads(SETTINGS.workspacePerDay, "", undefined);
  reads(SETTINGS.workspacePerDay, "five", undefined);
  reads(SETTINGS.tokensPerDay, "1,000,000", 1_000_000);
  reads(SETTINGS.tokensPerDay, "1.5", undefined);
  reads(SETTINGS.budgetRequestsPerMinute, "0", undefined);
  reads(SETTINGS.budgetRequestsPerMinute, "null", null);
  reads(SETTINGS.askAbove, "$0.05", 0.05);
  reads(SETTINGS.askAbove, "0,05", 0.05);
  reads(SETTINGS.askAbove, "Never", null);
  reads(SETTINGS.askAbove, "always", undefined);
  reads(SETTINGS.askAbove, "-0.05", undefined);
  reads(SETTINGS.alertAt, "50, 80, 100", [50, 80, 100]);
  reads(SETTINGS.alertAt, "90% 50 %;90", [50, 90]);
  reads(SETTINGS.alertAt, "99.5", [99.5]);
  reads(SETTINGS.alertAt, "none", []);
  reads(SETTINGS.alertAt, "", undefined);
  reads(SETTINGS.alertAt, "50, 120", undefined);
  reads(SETTINGS.alertAt, "0", undefined);
  reads(SETTINGS.alertAt, "half", undefined);

  it("is answered with one sentence that says what is expected", () => {
    const expects = (key: SettingKey, text: string) => assert.equal(expectedText(fieldOf(key)), text);
    expects(SETTINGS.perChat, "Type an amount in US dollars like 0.50, or none for no limit; nothing is written yet.");
    expects(
      SETTINGS.askAbove,
      "Type an amount in US dollars like 0.50, or never to send without asking; nothing is written yet.",
    );
    expects(
      SETTINGS.alertAt,
      "Type percentages from 1 to 100 like 50, 80, 100, or none for no alerts; nothing is written yet.",
    );
    assert.match(expectedText(fieldOf(SETTINGS.tokensPerDay)), /whole number from 0/);
    assert.equal(unitText(fieldOf(SETTINGS.alertAt)), "in percent of a limit");
    assert.equal(unitText(fieldOf(SETTINGS.askAbove)), "in US dollars");
    assert.equal(unitText(fieldOf(SETTINGS.tokensPerDay)), "in tokens");
  });

  it("begins with what holds, so that Enter alone changes nothing", () => {
    const percents = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 6 });
    fc.assert(
      fc.property(percents, (list) => {
        const sorted = list.toSorted((left, right) => left - right);
        assert.deepEqual(readTyped(fieldOf(SETTINGS.alertAt), typedText(fieldOf(SETTINGS.alertAt), sorted)), sorted);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (nano) => {
        for (const key of [SETTINGS.askAbove, SETTINGS.perRequest]) {
          assert.equal(readTyped(fieldOf(key), typedText(fieldOf(key), nano)), nano / 1e9);
        }
      }),
    );
    for (const field of LIMIT_FIELDS.filter(({ kind }) => kind === "limit" || kind === "ask-above")) {
      assert.equal(readTyped(field, typedText(field, undefined)), null, field.key);
      assert.ok(noneText(field).startsWith(typedText(field, undefined)), field.key);
    }
  });
});
