import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { LIMIT_FIELDS } from "../../src/extension/features/budget/limitFields.ts";
import { askedLimits, limitRows } from "../../src/extension/features/budget/limitRows.ts";
import {
  describeChange,
  expectedLimit,
  isTooHighForWorkspace,
  readLimit,
  warnOfLimit,
  writingPlaces,
} from "../../src/extension/features/budget/planBudget.ts";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import type { ReadRawSetting } from "../../src/extension/platform/settingReader.ts";
import { readManifest } from "../architecture/manifest.ts";

const { properties } = readManifest().contributes.configuration;
const time = { nowMs: Date.UTC(2026, 10, 21), format: () => "01:00" };

type Values = Partial<Record<SettingKey, unknown>>;

function settings({ user = {}, workspace = {} }: { user?: Values; workspace?: Values } = {}): ReadRawSetting {
  return (key) => ({
    defaultValue: properties[key]?.default,
    userValue: user[key],
    workspaceValue: workspace[key],
  });
}

function fieldOf(key: SettingKey) {
  const field = LIMIT_FIELDS.find((each) => each.key === key);
  assert.ok(field, key);
  return field;
}

describe("the form of the budgets", () => {
  it("has every limit, and lets a workspace set what its own settings may", () => {
    const budgets = Object.values(SETTINGS).filter((key) => key.startsWith("waybill.budget."));
    const shown = [...LIMIT_FIELDS.map(({ key }) => key), SETTINGS.alertAt, SETTINGS.askAbove];
    assert.deepEqual(shown.toSorted(), budgets.toSorted());
    for (const { key, isOfWorkspace } of LIMIT_FIELDS)
      assert.equal(isOfWorkspace, properties[key]?.scope === "window", key);
  });

  const summaryOf = (read: ReadRawSetting, key: SettingKey) =>
    limitRows(read, { standings: undefined, time }).find(({ field }) => field.key === key)?.summary;

  it("says what holds and where it comes from", () => {
    const key = SETTINGS.workspacePerDay;
    assert.equal(summaryOf(settings(), key), "$5.00 · default");
    assert.equal(summaryOf(settings({ user: { [key]: 3 } }), key), "$3.00 · your settings");
    assert.equal(summaryOf(settings({ user: { [key]: null } }), key), "no limit · your settings");
    const lowered = settings({ user: { [key]: 3 }, workspace: { [key]: 2 } });
    assert.equal(summaryOf(lowered, key), "$2.00 · this workspace; your settings: $3.00");
    const loosened = settings({ workspace: { [key]: 9 } });
    assert.equal(summaryOf(loosened, key), "$5.00 · default; this workspace cannot loosen it");
    assert.equal(summaryOf(settings(), SETTINGS.onExceed), "downgrade · default");
  });

  it("says what is spent, also where there is no limit, and what was raised for today", () => {
    const read = settings();
    const limits = askedLimits(read);
    const standings = limits.map((limit) =>
      limit.measure === "money"
        ? { ...limit, raisedFrom: limit.limit, spent: toNanoUsd(30_000_000), reserved: toNanoUsd(0) }
        : { ...limit, spent: 7, reserved: 0 },
    );
    const rows = limitRows(read, { standings, time });
    const row = (key: SettingKey) => rows.find(({ field }) => field.key === key);
    assert.equal(row(SETTINGS.workspacePerWeek)?.summary, "no limit · default");
    assert.equal(row(SETTINGS.workspacePerWeek)?.state, "$0.030 spent this week; starts afresh at 01:00");
    assert.equal(row(SETTINGS.tokensPerDay)?.state, "7 tokens used today; starts afresh at 01:00");
    const raised = { ...dailyLimit("workspace", toNanoUsd(6e9)), raisedFrom: toNanoUsd(5e9) };
    const raisedRows = limitRows(read, {
      standings: [{ ...raised, spent: toNanoUsd(0), reserved: toNanoUsd(0) }],
      time,
    });
    assert.equal(raisedRows[0]?.summary, "$5.00 ($6.00 today, raised) · default");
  });

  const reads = (key: SettingKey, text: string, value: unknown) =>
    it(`reads ${JSON.stringify(text)} for ${key} as ${JSON.stringify(value)}`, () =>
      assert.equal(readLimit(fieldOf(key), text), value));
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

  it("says in one sentence what it expects, and what a limit below what is spent means", () => {
    assert.match(
      expectedLimit(fieldOf(SETTINGS.perChat)),
      /^Type an amount .* 0\.50, or none .* nothing is written yet\.$/,
    );
    assert.match(expectedLimit(fieldOf(SETTINGS.tokensPerDay)), /whole number from 0/);
    const day = dailyLimit("workspace", toNanoUsd(5e9));
    const standing = { ...day, raisedFrom: day.limit, spent: toNanoUsd(2e9), reserved: toNanoUsd(0) };
    assert.match(warnOfLimit(standing, 1) ?? "", /^\$2\.00 is used already/);
    assert.equal(warnOfLimit(standing, 3), undefined);
    assert.equal(warnOfLimit(standing, null), undefined);
  });

  const places = (read: ReadRawSetting, key: SettingKey, value: number | null | "ask" | "block", hasFolder = true) =>
    writingPlaces(read, fieldOf(key), { value, hasFolder });
  const written = (found: ReturnType<typeof places>) =>
    found.map(({ writes }) => writes.map(({ where, value }) => `${where}: ${String(value)}`).join(", "));

  it("writes a lower limit into the workspace or into one's own settings", () => {
    const found = places(settings(), SETTINGS.workspacePerDay, 2);
    assert.deepEqual(written(found), ["workspace: 2", "user: 2"]);
    assert.equal(isTooHighForWorkspace(fieldOf(SETTINGS.workspacePerDay), found), false);
  });

  it("offers only one's own settings for a higher one, since a workspace can only lower", () => {
    const found = places(settings(), SETTINGS.workspacePerDay, 8);
    assert.deepEqual(written(found), ["user: 8"]);
    assert.equal(isTooHighForWorkspace(fieldOf(SETTINGS.workspacePerDay), found), true);
    assert.deepEqual(written(places(settings(), SETTINGS.onExceed, "ask")), ["user: ask"]);
    assert.deepEqual(written(places(settings(), SETTINGS.onExceed, "block")), ["workspace: block", "user: block"]);
  });

  it("says where the workspace's own limit still holds, and offers to take it away", () => {
    const read = settings({ workspace: { [SETTINGS.workspacePerDay]: 2 } });
    const field = fieldOf(SETTINGS.workspacePerDay);
    const found = places(read, SETTINGS.workspacePerDay, 8);
    assert.deepEqual(written(found), ["user: 8", "user: 8, workspace: undefined"]);
    const [user, both] = found;
    assert.match(user?.detail ?? "", /^Here \$2\.00 of this workspace still holds/);
    assert.ok(user && both);
    assert.match(
      describeChange(field, 8, user),
      /: \$8\.00, written into your settings\. In this workspace \$2\.00 still/,
    );
    assert.match(
      describeChange(field, 8, both),
      /: \$8\.00, written into your settings, and out of this workspace's\.$/,
    );
  });

  it("takes a workspace's limit away for no limit, where one's own settings have none", () => {
    const read = settings({ user: { [SETTINGS.perChat]: null }, workspace: { [SETTINGS.perChat]: 1 } });
    const [first] = places(read, SETTINGS.perChat, null);
    assert.deepEqual(first?.writes, [{ key: SETTINGS.perChat, where: "workspace", path: [], value: undefined }]);
  });

  it("knows one place only for what is one's own, and where no folder is open", () => {
    assert.deepEqual(written(places(settings(), SETTINGS.userPerDay, 1)), ["user: 1"]);
    assert.deepEqual(written(places(settings(), SETTINGS.workspacePerDay, 1, false)), ["user: 1"]);
  });
});
