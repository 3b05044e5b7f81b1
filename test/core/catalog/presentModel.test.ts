import assert from "node:assert/strict";
import { comparisonMarkdown } from "../../../src/core/catalog/compareModels.ts";
import { modelRows, modelSummary, shortCount } from "../../../src/core/catalog/presentModel.ts";
import { browsedModelOf } from "./browsedModelOf.ts";

const SONNET = browsedModelOf(
  "anthropic/claude-sonnet-5",
  {
    name: "Claude Sonnet 5",
    contextTokens: 1_000_000,
    maxCompletionTokens: 128_000,
    supportedParameters: ["tools"],
    codingIndex: 71.5,
    expirationDate: "2027-01-31",
  },
  { prompt: 2, completion: 10 },
);
const rowOf = (entry: typeof SONNET, label: string) => modelRows(entry).find((row) => row.label === label)?.value;

describe("a model, shown", () => {
  it("has prices, context, index and end in one line", () => {
    assert.equal(modelSummary(SONNET), "$2 in · $10 out · 1M · coding 71.5 · ends 2027-01-31");
    assert.equal(modelSummary(browsedModelOf("llama3", {}, { prompt: 0, completion: 0 })), "free · 128k");
    assert.equal(
      modelSummary(browsedModelOf("a/b", {}, { prompt: 0.041666, completion: 0.1 })),
      "$0.042 in · $0.10 out · 128k",
    );
  });

  it("keeps all digits of a price where they are few", () => {
    const inOut = (prompt: number, completion: number) =>
      modelSummary(browsedModelOf("a/b", {}, { prompt, completion }));
    assert.match(inOut(0.375, 1.875), /^\$0\.375 in · \$1\.875 out/);
    assert.match(inOut(0.1, 120), /^\$0\.10 in · \$120 out/);
    assert.match(inOut(0.000123, 1.23456), /^\$0\.00012 in · \$1\.23 out/);
  });

  it("says the price of a typical request, and what is not known", () => {
    assert.equal(rowOf(SONNET, "Request of 2k in, 800 out"), "$0.012");
    assert.equal(rowOf(SONNET, "Longest answer"), "128,000");
    assert.equal(rowOf(SONNET, "Coding index per dollar"), "5,958");
    assert.equal(rowOf(SONNET, "Intelligence index"), "not said");
    assert.equal(rowOf(SONNET, "Reasoning"), "no");
    assert.equal(rowOf(SONNET, "At its dearest"), undefined);
  });

  it("says that long prompts are dearer", () => {
    const { model } = SONNET;
    const dearer = { coefficient: 6n, scale: 6 };
    const stepped = browsedModelOf(model.id, {
      ...model,
      prices: { ...model.prices, overrides: [{ abovePromptTokens: 200_000, prices: { promptPerToken: dearer } }] },
    });
    assert.match(modelSummary(stepped), /^\$2 in · \$10 out · price varies/);
    assert.equal(rowOf(stepped, "At its dearest"), "$6 in, $10 out, for long prompts or at some hours");
  });

  it("counts tokens in short", () => {
    const counts = [800, 8192, 131_072, 999_999, 1_048_576, 1_500_000].map(shortCount);
    assert.deepEqual(counts, ["800", "8k", "131k", "1M", "1M", "1.5M"]);
  });
});

describe("a comparison", () => {
  it("has a column a model and a row a property", () => {
    const lines = comparisonMarkdown([SONNET, browsedModelOf("a/b")], "gateway.example").split("\n");
    const table = lines.filter((line) => line.startsWith("|"));
    // Nobody stands for another, asks for more per request, or is dearer at times.
    assert.equal(table.length, 2 + modelRows(SONNET).length - 3);
    assert.ok(table.includes(String.raw`| **No longer served from** | 2027-01-31 | – |`));
    assert.ok(table.includes(String.raw`| **In, per million** | \$2 | \$1 |`));
    for (const line of table) assert.equal(line.split(" | ").length, 3, line);
  });

  it("takes nothing in a name for markup", () => {
    const hostile = browsedModelOf("a/b", { name: "x | [y](https://e.example) <img src=z> `c` **d**\n# e" });
    const text = comparisonMarkdown([hostile], "g");
    assert.doesNotMatch(text, /(?<!\\)[[<`]|[^\\]\|\s*\[|^# e/m);
    assert.equal(text.split("\n")[2]?.split(/(?<!\\)\|/).length, 4);
  });
});
