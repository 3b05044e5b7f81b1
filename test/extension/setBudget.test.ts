import assert from "node:assert/strict";
import fc from "fast-check";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { LIMIT_FIELDS, valueIn } from "../../src/extension/features/budget/limitFields.ts";
import { askedLimits, budgetsOf, limitRows } from "../../src/extension/features/budget/limitRows.ts";
import type { OpenWorkspace } from "../../src/extension/features/budget/openWorkspace.ts";
import {
  describeChange,
  describeFailure,
  isTooHighForWorkspace,
  warnOfLimit,
  writingPlaces,
} from "../../src/extension/features/budget/planBudget.ts";
import type { WrittenValue } from "../../src/extension/features/budget/typedValue.ts";
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
  it("has every setting of budgets, and lets a workspace set what its own settings may", () => {
    const budgets = Object.values(SETTINGS).filter((key) => key.startsWith("waybill.budget."));
    assert.deepEqual(LIMIT_FIELDS.map(({ key }) => key).toSorted(), budgets.toSorted());
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

  it("says above which cost the person is asked, and when they are told of a limit", () => {
    assert.equal(summaryOf(settings(), SETTINGS.askAbove), "never · default");
    const asked = settings({ user: { [SETTINGS.askAbove]: 0.5 }, workspace: { [SETTINGS.askAbove]: 0.125 } });
    assert.equal(summaryOf(asked, SETTINGS.askAbove), "$0.125 · this workspace; your settings: $0.50");
    const looser = settings({ user: { [SETTINGS.askAbove]: 0.5 }, workspace: { [SETTINGS.askAbove]: 2 } });
    assert.equal(summaryOf(looser, SETTINGS.askAbove), "$0.50 · your settings; this workspace cannot loosen it");
    assert.equal(summaryOf(settings(), SETTINGS.alertAt), "at 50 %, 80 %, 100 % · default");
    assert.equal(summaryOf(settings({ user: { [SETTINGS.alertAt]: [] } }), SETTINGS.alertAt), "none · your settings");
    const foreign = settings({ user: { [SETTINGS.alertAt]: [90] }, workspace: { [SETTINGS.alertAt]: [] } });
    assert.equal(summaryOf(foreign, SETTINGS.alertAt), "at 90 % · your settings", "it is no workspace's to say");
  });

  it("says that the default holds where the person's own setting makes no sense", () => {
    const wrong = settings({ user: { [SETTINGS.alertAt]: [120], [SETTINGS.workspacePerDay]: "five" } });
    assert.match(
      summaryOf(wrong, SETTINGS.alertAt) ?? "",
      /^at 50 %, 80 %, 100 % · default, since your setting makes no/,
    );
    assert.equal(summaryOf(wrong, SETTINGS.workspacePerDay), "$5.00 · default, since your setting makes no sense");
    assert.equal(summaryOf(wrong, SETTINGS.perChat), "no limit · default");
  });

  it("warns of a limit below what is spent", () => {
    const day = dailyLimit("workspace", toNanoUsd(5e9));
    const standing = { ...day, raisedFrom: day.limit, spent: toNanoUsd(2e9), reserved: toNanoUsd(0) };
    assert.match(warnOfLimit(standing, 1) ?? "", /^\$2\.00 is used already/);
    assert.equal(warnOfLimit(standing, 3), undefined);
    assert.equal(warnOfLimit(standing, null), undefined);
    assert.equal(warnOfLimit(undefined, [50]), undefined);
  });

  const folder = { folders: ["alpha"], file: undefined, isTrusted: true };
  const places = (read: ReadRawSetting, key: SettingKey, value: WrittenValue, open: OpenWorkspace = folder) =>
    writingPlaces(read, fieldOf(key), { value, open });
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
      /: \$8\.00, written into your settings, and out of this workspace's \(\.vscode\/settings\.json of alpha\)\.$/,
    );
  });

  it("takes a workspace's limit away for no limit, where one's own settings have none", () => {
    const read = settings({ user: { [SETTINGS.perChat]: null }, workspace: { [SETTINGS.perChat]: 1 } });
    const [first] = places(read, SETTINGS.perChat, null);
    assert.deepEqual(first?.writes, [{ key: SETTINGS.perChat, where: "workspace", path: [], value: undefined }]);
  });

  it("knows one place only for what is one's own, and where no folder is open", () => {
    assert.deepEqual(written(places(settings(), SETTINGS.userPerDay, 1)), ["user: 1"]);
    const nothing = { folders: [], file: undefined, isTrusted: true };
    assert.deepEqual(written(places(settings(), SETTINGS.workspacePerDay, 1, nothing)), ["user: 1"]);
    assert.deepEqual(written(places(settings(), SETTINGS.alertAt, [50, 90])), ["user: 50,90"]);
  });

  it("lets a workspace ask earlier, and never later or not at all", () => {
    const key = SETTINGS.askAbove;
    assert.deepEqual(written(places(settings(), key, 0.1)), ["workspace: 0.1", "user: 0.1"]);
    const own = settings({ user: { [key]: 0.5 } });
    assert.deepEqual(written(places(own, key, 0.1)), ["workspace: 0.1", "user: 0.1"]);
    assert.deepEqual(written(places(own, key, 2)), ["user: 2"]);
    assert.deepEqual(written(places(own, key, null)), ["user: null"]);
    const both = settings({ user: { [key]: 0.5 }, workspace: { [key]: 0.1 } });
    assert.deepEqual(written(places(both, key, null)), ["user: null", "user: null, workspace: undefined"]);
  });

  it("whatever is written into a workspace never loosens what the person's own settings say", () => {
    const amount = fc.option(fc.double({ min: 0, max: 20, noNaN: true, noDefaultInfinity: true }), { nil: null });
    const field = fc.constantFrom(SETTINGS.workspacePerDay, SETTINGS.perRequest, SETTINGS.askAbove).map(fieldOf);
    fc.assert(
      fc.property(field, amount, fc.option(amount, { nil: undefined }), amount, (each, own, workspace, value) => {
        const read = settings({ user: { [each.key]: own }, workspace: { [each.key]: workspace } });
        const ownValue = valueIn(budgetsOf(read).own, each) ?? Infinity;
        for (const { writes, result } of places(read, each.key, value)) {
          if (!writes.every(({ where }) => where === "workspace")) continue;
          assert.ok((result ?? Infinity) <= ownValue);
        }
      }),
    );
  });

  it("names the file of a workspace that it writes into", () => {
    const multi = { folders: ["alpha", "beta"], file: { name: "acme.code-workspace", isSaved: true }, isTrusted: true };
    const [first] = places(settings(), SETTINGS.workspacePerDay, 0.125, multi);
    assert.ok(first);
    assert.match(first.detail, /^In acme\.code-workspace; holds here only/);
    assert.equal(
      describeChange(fieldOf(SETTINGS.workspacePerDay), 0.125, first),
      "This workspace, a day: $0.125, written into this workspace's settings (acme.code-workspace).",
    );
  });

  it("says what holds where nothing could be written, and where something else still holds", () => {
    const field = fieldOf(SETTINGS.alertAt);
    assert.match(
      describeFailure(field, [50]),
      /could not write .* What holds is at 50 %; nothing was sent or charged\.$/,
    );
    assert.equal(
      describeChange(field, [], { whereTo: "into your settings", result: [80] }),
      "Alerts: none, written into your settings. In this workspace at 80 % still holds.",
    );
  });
});
