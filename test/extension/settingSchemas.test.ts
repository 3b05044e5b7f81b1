import assert from "node:assert/strict";
import fc from "fast-check";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { acceptsValue } from "../architecture/acceptsValue.ts";
import { type ValueSchema, readManifest } from "../architecture/manifest.ts";

const { properties } = readManifest().contributes.configuration;
/** Its schema is any text, since no pattern tells all web addresses. */
const KEYS = Object.values(SETTINGS).filter((key) => key !== SETTINGS.gatewayUrl);

function schemaOf(key: SettingKey): ValueSchema {
  const schema = properties[key];
  assert.ok(schema, key);
  return schema;
}

function isRead(key: SettingKey, userValue: unknown): boolean {
  const settings = readSettings((each) => ({
    defaultValue: properties[each]?.default,
    userValue: each === key ? userValue : undefined,
    workspaceValue: undefined,
  }));
  return settings.invalid.length === 0;
}

const scalar = fc.oneof(
  fc.constantFrom("acme", "Kunde Ü. 1", " acme", "sk-or-v1-key", "a".repeat(40), "a".repeat(41), "a\n"),
  fc.constantFrom(true, false, null, "", " ", "a/b", -1, 0, 0.5, 1, 1.5, 2, 10, 255, 256, 65_536, 65_537, 86_401),
  fc.string(),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);

/** Values that are right or nearly so: the schema's own names and choices, and others in their place. */
function valuesFor(schema: ValueSchema): fc.Arbitrary<unknown> {
  const kinds: fc.Arbitrary<unknown>[] = [scalar, fc.constant([]), fc.constant({})];
  if (schema.enum !== undefined) kinds.push(fc.constantFrom(...schema.enum));
  if (schema.anyOf !== undefined) kinds.push(...schema.anyOf.map(valuesFor));
  if (schema.items !== undefined) kinds.push(fc.array(valuesFor(schema.items), { maxLength: 3 }));
  const inner = { ...schema.properties };
  const { propertyNames, additionalProperties } = schema;
  if (additionalProperties) for (const name of propertyNames?.enum ?? []) inner[name] = additionalProperties;
  if (Object.keys(inner).length > 0) kinds.push(objectOf(inner));
  return fc.oneof(...kinds);
}

function objectOf(inner: Readonly<Record<string, ValueSchema>>): fc.Arbitrary<unknown> {
  const property = fc.constantFrom(...Object.keys(inner), "other", "constructor").chain((name) => {
    const schema = Object.hasOwn(inner, name) ? inner[name] : undefined;
    return fc.tuple(fc.constant(name), schema === undefined ? scalar : valuesFor(schema));
  });
  return fc.array(property, { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

describe("the schema of a setting and the code", () => {
  for (const key of KEYS) {
    it(`take the same values for ${key}`, () => {
      const schema = schemaOf(key);
      fc.assert(
        fc.property(valuesFor(schema), (value) => {
          if (value === null) return; // A setting of null is as good as none.
          assert.equal(isRead(key, value), acceptsValue(schema, value), JSON.stringify(value));
        }),
        { numRuns: 300 },
      );
    });
  }

  it("know the same rules everywhere: by task, by environment, and those of providers", () => {
    const rulesOf = (key: SettingKey) => {
      const { additionalProperties } = schemaOf(key);
      assert.ok(additionalProperties);
      return additionalProperties.properties ?? {};
    };
    const { pin, experiment, ...byTask } = rulesOf(SETTINGS.tasks);
    assert.ok(pin && experiment);
    const { key, ...byEnvironment } = rulesOf(SETTINGS.environments);
    assert.equal(key?.pattern, (schemaOf(SETTINGS.keysOfWorkspaces).additionalProperties || undefined)?.pattern);
    assert.deepEqual(byTask, byEnvironment);
    assert.deepEqual(byTask["providers"]?.properties, schemaOf(SETTINGS.providers).properties);
  });

  it("offer every name and explain every rule, so that the editor completes them", () => {
    assert.deepEqual(schemaOf(SETTINGS.tasks).propertyNames?.enum, TASK_TYPES);
    for (const key of KEYS) assertExplained(schemaOf(key), key);
  });
});

function assertExplained(schema: ValueSchema, where: string): void {
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (!/\.(pins|p\d\d)\b|minThroughput|maxLatency/.test(`${where}.${name}`)) {
      assert.ok(inner.markdownDescription, `${where}.${name}`);
    }
    assertExplained(inner, `${where}.${name}`);
  }
  if (schema.additionalProperties) assertExplained(schema.additionalProperties, where);
}
