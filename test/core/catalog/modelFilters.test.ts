import assert from "node:assert/strict";
import fc from "fast-check";
import {
  LONG_CONTEXT,
  hasFilter,
  meetsQuery,
  parseModelQuery,
  toggleFilter,
} from "../../../src/core/catalog/modelFilters.ts";
import { browsedModelOf } from "./browsedModelOf.ts";

const PRICES = {
  cheap: { prompt: 0.5, completion: 2 },
  middle: { prompt: 2, completion: 10 },
  dear: { prompt: 5, completion: 25 },
  free: { prompt: 0, completion: 0 },
};
const ALL = ["text", "image"];
const MODELS = [
  browsedModelOf(
    "anthropic/sonnet",
    { inputModalities: ALL, supportedParameters: ["tools", "reasoning"], contextTokens: 1_000_000 },
    PRICES.middle,
  ),
  browsedModelOf(
    "anthropic/opus",
    { inputModalities: ALL, supportedParameters: ["tools", "reasoning"], contextTokens: 200_000 },
    PRICES.dear,
  ),
  browsedModelOf("~openai/mini", { supportedParameters: ["tools"], contextTokens: 199_999 }, PRICES.cheap),
  browsedModelOf("x-ai/grok", { isReasoningMandatory: true }, PRICES.middle),
  browsedModelOf("z-ai/glm:free", { contextTokens: 2_000_000 }, PRICES.free),
  browsedModelOf("llama3", {}, PRICES.free),
];
const FAVOURITES = new Set(["x-ai/grok", "llama3"]);

function fitting(typed: string): string[] {
  const query = parseModelQuery(typed);
  return MODELS.filter((entry) => meetsQuery(entry, query, FAVOURITES)).map(({ model }) => model.name);
}

describe("a query for models", () => {
  const everyone = MODELS.map(({ model }) => model.name);
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["", "", everyone],
    ["sonet", "sonet", everyone],
    ["images", "", ["sonnet", "opus"]],
    ["tools", "", ["sonnet", "opus", "mini"]],
    ["reasoning", "", ["sonnet", "opus", "grok"]],
    ["free", "", ["glm:free", "llama3"]],
    ["favourites", "", ["grok", "llama3"]],
    ["Favorites", "", ["grok", "llama3"]],
    ["FREE >200k", "", ["glm:free"]],
    [">200k", "", ["sonnet", "opus", "glm:free"]],
    [">=0.2M", "", ["sonnet", "opus", "glm:free"]],
    ["≥1m >200k", "", ["sonnet", "glm:free"]],
    [">200000", "", ["sonnet", "opus", "glm:free"]],
    ["<$2", "", ["mini", "glm:free", "llama3"]],
    ["<=$2", "", ["sonnet", "mini", "grok", "glm:free", "llama3"]],
    ["<2", "", ["mini", "glm:free", "llama3"]],
    ["in<$2 out<$1", "", ["glm:free", "llama3"]],
    ["out≤10$", "", ["sonnet", "mini", "grok", "glm:free", "llama3"]],
    ["<$5 <$1", "", ["mini", "glm:free", "llama3"]],
    ["@anthropic", "", ["sonnet", "opus"]],
    ["@Anth tools <$5", "", ["sonnet"]],
    ["@openai @xai", "", ["mini", "grok"]],
    ["sonnet tools <$5 >200k images reasoning @anthropic", "sonnet", ["sonnet"]],
    ["tools claude <$5 opus 5", "claude opus 5", ["sonnet", "mini"]],
    ['"phi 4 reasoning" tools', "phi 4 reasoning", ["sonnet", "opus", "mini"]],
    ["image tool reason", "image tool reason", everyone],
  ];
  for (const [typed, text, names] of cases) {
    it(`takes "${typed}" apart`, () => {
      assert.equal(parseModelQuery(typed).text, text);
      assert.deepEqual(fitting(typed), names);
    });
  }

  it("asks for nothing by a filter that is not finished", () => {
    for (const begun of ["<", "<$", "<=", "<=$", "out<$", ">", ">=", "@", '"', "in<"]) {
      assert.equal(parseModelQuery(begun).text, "", begun);
      assert.deepEqual(fitting(begun), everyone, begun);
    }
  });

  it("never throws, and every filter only narrows", () => {
    const filter = fc.constantFrom(
      "free",
      "images",
      "tools",
      "reasoning",
      "favourites",
      "<$3",
      "out<$4",
      ">150k",
      ">1m",
    );
    const typed = fc.array(fc.oneof(filter, fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 8 });
    fc.assert(
      fc.property(typed, filter, (parts, added) => {
        const before = fitting(parts.join(" "));
        const after = fitting(`${added} ${parts.join(" ")}`);
        assert.ok(after.every((name) => before.includes(name)));
      }),
    );
  });
});

describe("a button for a filter", () => {
  it("puts it into what is typed, ready to go on typing, and takes it out again", () => {
    assert.equal(toggleFilter("", "tools"), "tools ");
    assert.equal(toggleFilter("son", LONG_CONTEXT), "son >200k ");
    assert.equal(toggleFilter("tools son <$5", "tools"), "son <$5");
    assert.equal(toggleFilter('"free tools"', "tools"), '"free tools" tools ');
  });

  it("knows whether it is on, and is its own opposite", () => {
    assert.equal(hasFilter('"tools" x', "tools"), false);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("tools", LONG_CONTEXT), (typed, filter) => {
        const isOn = hasFilter(typed, filter);
        const once = toggleFilter(typed, filter);
        // An open quotation mark takes in all that follows.
        if (typed.split('"').length % 2 === 1) assert.equal(hasFilter(once, filter), !isOn);
        assert.equal(hasFilter(toggleFilter(typed, filter), filter) && isOn, false);
      }),
    );
  });
});
