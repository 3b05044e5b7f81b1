import assert from "node:assert/strict";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { describePrivacy } from "../../src/extension/platform/describePrivacy.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { readManifest } from "../architecture/manifest.ts";
import { PRIVACY_PROFILES } from "../../src/core/privacy/privacyProfile.ts";

const defaults = readManifest().contributes.configuration.properties;
const { privacyDefault, privacyOfWorkspaces, workspacePolicy } = SETTINGS;

type Values = Partial<Record<SettingKey, unknown>>;

function read(user: Values, workspace: Values = {}) {
  const settings = readSettings(
    (key) => ({ defaultValue: defaults[key]?.default, userValue: user[key], workspaceValue: workspace[key] }),
    [["/work/acme"]],
  );
  const { invalid, policies } = settings;
  return { holds: describePrivacy(settings), invalid: invalid.map(({ key, part }) => `${key} ${part}`), policies };
}

function check(name: string, values: Values, holds: string, ...invalid: readonly string[]): void {
  it(name, () => {
    const { policies: _, ...found } = read(values);
    assert.deepEqual(found, { holds, invalid });
  });
}

const UNCLEAR = "unclear, so nothing is sent";

describe("the privacy that the settings demand", () => {
  check("is none without any", {}, "none");
  check("is the one for everything", { [privacyDefault]: "no-training" }, "no training");
  check(
    "is the folder's instead",
    { [privacyDefault]: "no-training", [privacyOfWorkspaces]: { "/work": "none", "/work/acme": "zero-retention" } },
    "zero retention",
  );
  check(
    "may name the only providers",
    { [privacyOfWorkspaces]: { "/work/*": { profile: "no-training", providers: ["anthropic"] } } },
    "no training, with anthropic alone",
  );
  check("is not another folder's", { [privacyOfWorkspaces]: { "/home/me": "local-only" } }, "none");

  check(
    "is unclear where that of everything makes no sense",
    { [privacyDefault]: "most" },
    UNCLEAR,
    `${privacyDefault} `,
  );
  check(
    "is unclear where there are no entries by folder",
    { [privacyOfWorkspaces]: ["/work"] },
    UNCLEAR,
    `${privacyOfWorkspaces} `,
  );
  for (const [entry, part] of [
    ["zero retention", ""],
    [true, ""],
    [{}, undefined],
    [{ profile: "zero-retention", provider: ["a"] }, ".provider"],
    [{ profile: "strict", providers: ["a"] }, ".profile"],
    [{ profile: "zero-retention", providers: ["a", 1] }, ".providers.1"],
  ] as const) {
    check(
      `is unclear where the folder's is ${JSON.stringify(entry)}`,
      { [privacyOfWorkspaces]: { "/work/acme": entry } },
      UNCLEAR,
      ...(part === undefined ? [] : [`${privacyOfWorkspaces} /work/acme${part}`]),
    );
  }
  check(
    "holds where only another folder's makes no sense, which is told",
    { [privacyDefault]: "no-training", [privacyOfWorkspaces]: { "/home/me": 1 } },
    "no training",
    `${privacyOfWorkspaces} /home/me`,
  );

  it("is never the workspace's own word, but for what its policy tightens", () => {
    const hostile: Values = { [privacyDefault]: "none", [privacyOfWorkspaces]: { "/work/acme": "none" } };
    assert.equal(read({ [privacyDefault]: "zero-retention" }, hostile).holds, "zero retention");
    const loosening = { [workspacePolicy]: { privacy: "none" } };
    assert.equal(read({ [privacyDefault]: "zero-retention" }, loosening).holds, "zero retention");
    const tightening = { [workspacePolicy]: { privacy: "local-only", onlyProviders: ["a"] } };
    assert.equal(read({ [privacyDefault]: "zero-retention" }, tightening).holds, "local only, with a alone");
    assert.equal(read({}, { [workspacePolicy]: { zdr: true } }).holds, "zero retention");
  });

  it("holds for every task, whatever the person's rules for it say", () => {
    const { policies } = read({
      [privacyDefault]: "zero-retention",
      [SETTINGS.tasks]: { fix: { providers: { zdr: false, dataCollection: "allow" } } },
    });
    for (const policy of [policies.base, ...Object.values(policies.tasks)]) {
      assert.deepEqual(policy.privacy, { profile: "zero-retention", dataCollection: "deny", zdr: true });
    }
  });

  it("offers the profiles that there are", () => {
    assert.deepEqual(defaults[privacyDefault]?.enum, PRIVACY_PROFILES);
    assert.deepEqual(defaults[workspacePolicy]?.properties?.["privacy"]?.enum, PRIVACY_PROFILES);
    const { additionalProperties: entry } = defaults[privacyOfWorkspaces] ?? {};
    const [name, parts] = (entry || {}).anyOf ?? [];
    assert.deepEqual([name?.enum, parts?.properties?.["profile"]?.enum], [PRIVACY_PROFILES, PRIVACY_PROFILES]);
  });
});
