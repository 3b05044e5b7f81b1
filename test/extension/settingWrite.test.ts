import assert from "node:assert/strict";
import fc from "fast-check";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import { inverseOf, settingText, valueAt, withValueAt } from "../../src/extension/features/routing/settingWrite.ts";

describe("a change of a part of a setting", () => {
  it("leaves the other parts as they are", () => {
    const whole = { fix: { pin: "a/b", profile: "free" }, plan: { pin: "a/c" } };
    assert.deepEqual(withValueAt(whole, ["fix", "profile"], "quality"), {
      fix: { pin: "a/b", profile: "quality" },
      plan: { pin: "a/c" },
    });
    assert.deepEqual(withValueAt(whole, ["fix", "pin"], undefined), { fix: { profile: "free" }, plan: { pin: "a/c" } });
  });

  it("takes objects away that end up empty", () => {
    assert.deepEqual(withValueAt({ fix: { pin: "a/b" }, plan: {} }, ["fix", "pin"], undefined), { plan: {} });
    assert.equal(withValueAt({ fix: { pin: "a/b" } }, ["fix", "pin"], undefined), undefined);
    assert.equal(withValueAt("economy", [], undefined), undefined);
  });

  it("replaces what is no object where an object is needed", () => {
    assert.deepEqual(withValueAt([1], ["fix", "pin"], "a/b"), { fix: { pin: "a/b" } });
    assert.equal(valueAt({ fix: ["a"] }, ["fix", "0"]), undefined);
  });

  it("is shown as it stands in settings.json", () => {
    const place = { key: SETTINGS.tasks, path: ["commit-message", "qualityFloor"] };
    assert.equal(settingText(place, 0.9), '"waybill.routing.tasks": { "commit-message": { "qualityFloor": 0.9 } }');
  });

  it("can be taken back", () => {
    const name = fc.constantFrom("fix", "plan", "pin", "profile");
    const value = fc.option(fc.constantFrom<unknown>("a/b", 1, "free"), { nil: undefined });
    const inner = fc.dictionary(name, fc.constantFrom<unknown>("x", 2), { minKeys: 1 });
    const whole = fc.option(fc.dictionary(name, inner, { minKeys: 1 }), { nil: undefined });
    fc.assert(
      fc.property(whole, fc.tuple(name, name), value, (before, path, written) => {
        const write = { key: SETTINGS.tasks, where: "user", path, value: written } as const;
        const after = withValueAt(before, path, written);
        const inverse = inverseOf(write, before);
        assert.deepEqual(
          JSON.stringify(sorted(withValueAt(after, inverse.path, inverse.value))),
          JSON.stringify(sorted(before)),
        );
      }),
    );
  });
});

/** Taking a name out and putting it back moves it to the end, which means nothing. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
