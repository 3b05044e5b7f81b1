import assert from "node:assert/strict";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { readManifest } from "../architecture/manifest.ts";

const defaults = readManifest().contributes.configuration.properties;
const { environment, environments, keysOfWorkspaces } = SETTINGS;

type Values = Partial<Record<SettingKey, unknown>>;

function read(user: Values, workspace: Values = {}) {
  const { keyChoice, invalid } = readSettings(
    (key) => ({ defaultValue: defaults[key]?.default, userValue: user[key], workspaceValue: workspace[key] }),
    [["/work/acme"]],
  );
  return {
    key: keyChoice.kind === "key" ? `${keyChoice.name} (${keyChoice.reason.kind})` : "unclear",
    invalid: invalid.map(({ key, part }) => `${key} ${part}`),
  };
}

function check(name: string, values: Values, key: string, ...invalid: readonly string[]): void {
  it(name, () => assert.deepEqual(read(values), { key, invalid }));
}

describe("the key that the settings choose", () => {
  const production = {
    [environment]: "production",
    [environments]: { production: { key: "prod", profile: "quality" } },
  };

  check("is the default one without any", {}, "default (default)");
  check("is the environment's", production, "prod (environment)");
  check(
    "is the default one for an environment without a key",
    { ...production, [environment]: "staging" },
    "default (default)",
  );
  check("is the default one without an environment", { ...production, [environment]: null }, "default (default)");
  check(
    "is the folder's, whatever the environment",
    { ...production, [keysOfWorkspaces]: { "/work/*": "acme" } },
    "acme (workspace)",
  );
  check(
    "may be the default one by its name",
    { ...production, [keysOfWorkspaces]: { "/work": "default" } },
    "default (workspace)",
  );

  const broken = (key: unknown) => ({ ...production, [environments]: { production: { key } } });
  for (const key of [1, "", "sk-or-v1-0123456789abcdef", {}, null]) {
    check(
      `is unclear where the environment's is ${JSON.stringify(key)}`,
      broken(key),
      "unclear",
      `${environments} production.key`,
    );
  }
  check(
    "is unclear where an unknown environment is chosen",
    { ...production, [environment]: "prod" },
    "unclear",
    `${environment} `,
  );
  check(
    "is the default one where an unknown environment is chosen and none has a key",
    { [environment]: "prod", [environments]: { production: { profile: "quality" } } },
    "default (default)",
    `${environment} `,
  );
  check(
    "is unclear where the environments are no object",
    { ...production, [environments]: [] },
    "unclear",
    `${environments} `,
  );
  check(
    "is unclear where the environment is no object",
    { ...production, [environments]: { production: 1 } },
    "unclear",
    `${environments} production`,
  );
  check(
    "is unclear where the folders' keys are no object",
    { [keysOfWorkspaces]: "acme" },
    "unclear",
    `${keysOfWorkspaces} `,
  );
  check(
    "is unclear where this folder's key is none",
    { [keysOfWorkspaces]: { "/work": 1 } },
    "unclear",
    `${keysOfWorkspaces} /work`,
  );
  check(
    "does not mind what is wrong for another folder",
    { [keysOfWorkspaces]: { "/other": 1 } },
    "default (default)",
    `${keysOfWorkspaces} /other`,
  );

  it("is never a workspace's choice", () => {
    const hostile = { ...production, [keysOfWorkspaces]: { "/work": "acme" } };
    assert.deepEqual(read({}, hostile), { key: "default (default)", invalid: [] });
    assert.deepEqual(read(production, { [environment]: "staging", [keysOfWorkspaces]: { "*": "acme" } }), {
      key: "prod (environment)",
      invalid: [],
    });
  });
});
