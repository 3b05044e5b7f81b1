import assert from "node:assert/strict";
import fc from "fast-check";
import type { CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { type CatalogChange, changeKey, compareCatalogs } from "../../../src/core/catalog/compareCatalogs.ts";
import type { PriceOverride } from "../../../src/core/catalog/modelPrices.ts";
import { LIST_AT_MS, catalogOf, modelOf, pricesOf, tokenPricesOf } from "./catalogOf.ts";

/** What becomes of `a/b` from one list to the next, without its names. */
function changesBetween(before: Partial<CatalogModel>, after: Partial<CatalogModel> | undefined): readonly unknown[] {
  const next = after === undefined ? catalogOf() : catalogOf(modelOf("a/b", after));
  return compareCatalogs(catalogOf(modelOf("a/b", before)), next, ["a/b"]).map(
    ({ modelId: _id, modelName: _name, ...change }) => change,
  );
}

function kinds(changes: readonly CatalogChange[]): readonly string[] {
  return changes.map(({ kind, modelId }) => `${kind} ${modelId}`);
}

describe("a new model list, compared with the last", () => {
  const check = (name: string, [before, after]: readonly Partial<CatalogModel>[], expected: readonly unknown[]) =>
    it(name, () => assert.deepEqual(changesBetween(before ?? {}, after), expected));

  check("finds a model gone", [{}], [{ kind: "gone" }]);
  check(
    "finds an end that was not known, or is another one",
    [{ expirationDate: "2026-12-24" }, { expirationDate: "2026-12-01" }],
    [{ kind: "expires", date: "2026-12-01" }],
  );
  check("takes no notice of an end that is dropped", [{ expirationDate: "2026-12-01" }, {}], []);
  check("takes no notice of the date that stands for none", [{}, { expirationDate: "2098-12-31" }], []);
  check(
    "finds an alias pointing elsewhere",
    [{ aliasTarget: "a/one" }, { aliasTarget: "a/two" }],
    [{ kind: "repointed", from: "a/one", to: "a/two" }],
  );
  check(
    "finds a smaller context, and passes over a larger one",
    [{ contextTokens: 200_000 }, { contextTokens: 128_000 }],
    [{ kind: "context", from: 200_000, to: 128_000 }],
  );
  check("passes over a larger context", [{ contextTokens: 1 }, { contextTokens: 2 }], []);
  check(
    "finds lost parameters, and passes over new ones",
    [{ supportedParameters: ["tools", "seed", "stop"] }, { supportedParameters: ["stop", "reasoning"] }],
    [{ kind: "parameters", lost: ["seed", "tools"] }],
  );

  it("finds a price that rose, fell, or was none, in each unit", () => {
    const [was, is] = [tokenPricesOf("0.000002", "0.00001"), tokenPricesOf("0.000003", "0.000005")];
    assert.deepEqual(changesBetween({ prices: { ...was, overrides: [] } }, { prices: { ...is, overrides: [] } }), [
      { kind: "price", unit: "prompt", from: was.promptPerToken, to: is.promptPerToken, percent: 50 },
      { kind: "price", unit: "completion", from: was.completionPerToken, to: is.completionPerToken, percent: -50 },
    ]);
    const dear = changesBetween({ prices: pricesOf("0", "0.00001") }, { prices: pricesOf("0.000001", "0.00001") });
    assert.deepEqual(
      dear.map((change) => (change as { percent: unknown }).percent),
      [undefined],
    );
  });

  it("finds a price that rose for long prompts only", () => {
    const step = (prompt: string): PriceOverride => ({
      abovePromptTokens: 200_000,
      prices: { promptPerToken: tokenPricesOf(prompt, "0").promptPerToken },
    });
    const prices = (prompt: string) => pricesOf("0.000001", "0.000001", [step(prompt)]);
    assert.equal(changesBetween({ prices: prices("0.000002") }, { prices: prices("0.000003") }).length, 1);
  });

  it("takes no price of the hour for a new one, but sees when the hours' prices change", () => {
    const night = (prompt: string): PriceOverride => ({ utcFrom: 1630, utcTo: 30, prices: tokenPricesOf(prompt, "0") });
    const day = pricesOf("0.000002", "0", [night("0.000001")]);
    assert.deepEqual(changesBetween({ prices: day }, { prices: pricesOf("0.000001", "0", [night("0.000001")]) }), []);
    assert.equal(changesBetween({ prices: day }, { prices: pricesOf("0.000002", "0", [night("0.000004")]) }).length, 1);
  });

  const changedModel = fc.record({
    id: fc.constantFrom("a/1", "a/2", "a/3", "a/4"),
    contextTokens: fc.integer({ min: 1, max: 4 }),
    prompt: fc.integer({ min: 0, max: 3 }),
    parameters: fc.subarray(["tools", "reasoning", "seed"]),
    expirationDate: fc.constantFrom(undefined, "2026-12-01", "2027-01-01"),
    aliasTarget: fc.constantFrom(undefined, "x/1", "x/2"),
  });
  const lists = fc
    .uniqueArray(changedModel, { selector: ({ id }) => id, maxLength: 4 })
    .map((models) =>
      models.map(({ id, prompt, parameters, ...fields }) =>
        modelOf(id, { ...fields, prices: pricesOf(`${prompt}e-6`, "0"), supportedParameters: parameters }),
      ),
    );
  const ids = fc.subarray(["a/1", "a/2", "a/3", "a/4", "a/5"]);

  it("differs in nothing from itself, in any order", () => {
    fc.assert(
      fc.property(lists, ids, (models, used) => {
        const shuffled = models.toReversed().map((model) => structuredClone(model));
        assert.deepEqual(compareCatalogs(catalogOf(...models), catalogOf(...shuffled), used), []);
      }),
    );
  });

  it("tells of models in use only, of each change once, and nothing of a model it never had", () => {
    fc.assert(
      fc.property(lists, lists, ids, (before, after, used) => {
        const changes = compareCatalogs(catalogOf(...before), catalogOf(...after), [...used, ...used]);
        for (const { modelId } of changes) {
          assert.ok(used.includes(modelId) && before.some(({ id }) => id === modelId));
        }
        const keys = changes.map(changeKey);
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  it("finds a model gone exactly when it is, and a price risen exactly when it fell on the way back", () => {
    fc.assert(
      fc.property(lists, lists, ids, (before, after, used) => {
        const there = compareCatalogs(catalogOf(...before), catalogOf(...after), used);
        const back = compareCatalogs(catalogOf(...after), catalogOf(...before), used);
        const missing = before.filter(({ id }) => used.includes(id) && after.every((model) => model.id !== id));
        assert.deepEqual(
          kinds(there.filter(({ kind }) => kind === "gone")).toSorted(),
          missing.map(({ id }) => `gone ${id}`).toSorted(),
        );
        const priced = (changes: readonly CatalogChange[]) => changes.filter(({ kind }) => kind === "price");
        const mirrored = priced(there).map(
          (change) => change.kind === "price" && { ...change, from: change.to, to: change.from, percent: 0 },
        );
        assert.deepEqual(
          priced(back)
            .map((change) => ({ ...change, percent: 0 }))
            .toSorted(byModel),
          mirrored.filter((change) => change !== false).toSorted(byModel),
        );
      }),
    );
  });

  it("names a change by what it is, so that the same one is told once and another one anew", () => {
    const [was, is] = [modelOf("a/b"), modelOf("a/b", { prices: pricesOf("0.0000030", "0.00001") })];
    const [change] = compareCatalogs(catalogOf(was), catalogOf(is), ["a/b"]);
    const later = {
      ...catalogOf(modelOf("a/b", { name: "New", prices: pricesOf("3e-6", "0.00001") })),
      fetchedAtMs: LIST_AT_MS + 1,
    };
    const [same] = compareCatalogs(catalogOf(was), later, ["a/b"]);
    assert.ok(change !== undefined && same !== undefined);
    assert.equal(changeKey(change), changeKey(same));
    assert.equal(changeKey(change), "price a/b prompt 0.000002 0.000003 50");
  });
});

function byModel(left: { readonly modelId: string }, right: { readonly modelId: string }): number {
  return left.modelId < right.modelId ? -1 : 1;
}
