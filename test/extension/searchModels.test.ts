import assert from "node:assert/strict";
import fc from "fast-check";
import { browsedModel } from "../../src/core/catalog/browsedModel.ts";
import { narrowModels } from "../../src/extension/features/modelBrowser/narrowModels.ts";
import { createModelSearch } from "../../src/extension/features/modelBrowser/searchModels.ts";
import { budgetDay } from "../../src/core/budget/budgetPeriod.ts";
import { lifeCycleRule } from "../../src/core/routing/eligibleModels.ts";
import { readCatalog } from "../../src/gateway/readCatalog.ts";
import { browsedModelOf } from "../core/catalog/browsedModelOf.ts";
import { CATALOG } from "../simulator/catalog/catalog.ts";

const NOW_MS = Date.parse("2026-11-20T12:00:00Z");
const MODELS = readCatalog({ data: CATALOG.map(({ row }) => row) }, NOW_MS)
  .models.filter((model) => lifeCycleRule(model, budgetDay(NOW_MS)) === undefined)
  .map((model) => browsedModel(model, NOW_MS));
const search = createModelSearch(MODELS);
const names = (name: string) => search(name).models.map(({ model }) => model.name);

describe("a search for a model", () => {
  const firsts: readonly (readonly [string, RegExp])[] = [
    ["sonet", /Claude Sonnet/],
    ["sonnett", /Claude Sonnet/],
    ["sonnet 5", /^Claude Sonnet 5$/],
    ["gpt5 mini", /^GPT-5 Mini$/],
    ["gpt5mini", /^GPT-5 Mini$/],
    ["claude opus 5", /^Claude Opus 5$/],
    ["opus claude", /^Claude Opus 5$/],
    ["opus5", /^Claude Opus 5$/],
    ["cluade opus", /^Claude Opus 5$/],
    ["haiku 45", /^Claude Haiku 4.5$/],
    ["gem flash", /^Gemini 3.\d Flash$/],
    ["qwen coder", /^Qwen.* Coder/],
    ["lama 70b", /^Llama 3.3 70B/],
    ["deepsek v3", /^DeepSeek V3/],
    ["gpt 5.6 lunna", /^GPT-5.6 Luna$/],
    ["kimi", /^Kimi/],
  ];
  for (const [typed, first] of firsts) {
    it(`finds ${first.source} by "${typed}"`, () => assert.match(names(typed)[0] ?? "nothing", first));
  }

  it("finds nothing where nothing is like it, and all without a name", () => {
    assert.deepEqual(names("zzqqxxww"), []);
    assert.equal(names("").length, MODELS.length);
    assert.equal(names(" - ").length, MODELS.length);
  });

  it("says when it only found something close", () => {
    assert.equal(search("sonnett").isApproximate, true);
    assert.equal(search("sonet").isApproximate, false);
  });

  it("finds every model first by its own name and by its own id", () => {
    for (const { model } of MODELS) {
      assert.equal(names(model.name)[0], model.name);
      assert.equal(search(model.id).models[0]?.model.id, model.id);
    }
  });

  it("finds any name first that a gateway may think of, and never throws", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.]{1,8}$/).filter((text) => /[A-Za-z0-9]/.test(text));
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
    const compact = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 30, selector: compact }), (all) => {
        const own = createModelSearch(all.map((each, index) => browsedModelOf(`lab/m-${index}-x`, { name: each })));
        for (const each of all) assert.equal(own(each).models[0]?.model.name, each);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => void search(typed)));
  });
});

describe("the list of models", () => {
  const FAVOURITES = new Set(["anthropic/claude-haiku-4.5", "qwen/qwen3.8-max"]);
  const narrow = (typed: string, order: "match" | "price" = "match") =>
    narrowModels(search, { typed, order, favourites: FAVOURITES });

  it("puts favourites first until a name is typed", () => {
    const all = narrow("tools");
    assert.deepEqual(all.favourites.map(({ model }) => model.id).toSorted(), [...FAVOURITES].toSorted());
    assert.ok(all.others.every(({ model }) => !FAVOURITES.has(model.id)));
    const named = narrow("claude tools");
    assert.deepEqual(named.favourites, []);
    assert.ok(named.others.some(({ model }) => FAVOURITES.has(model.id)));
  });

  it("sorts what the name found", () => {
    const { others } = narrow("claude", "price");
    assert.equal(others[0]?.model.name.includes("Haiku"), true);
    assert.ok(others.length > 3);
    assert.deepEqual(
      others.map(({ typicalCost }) => typicalCost),
      others.map(({ typicalCost }) => typicalCost).toSorted((left, right) => left - right),
    );
  });

  it("only narrows with each filter, whatever the name", () => {
    const text = fc.constantFrom("", "claude", "gpt", "sonet", "sonnett", "zzqqxxww");
    const filter = fc.constantFrom("free", "images", "tools", "reasoning", "<$1", ">200k", "@openai");
    const found = (typed: string) => {
      const { favourites, others } = narrow(typed);
      return [...favourites, ...others];
    };
    fc.assert(
      fc.property(text, fc.array(filter, { maxLength: 4 }), (name, filters) => {
        const all = new Set(found(name));
        assert.ok(found(`${name} ${filters.join(" ")}`).every((entry) => all.has(entry)));
      }),
    );
  });
});
