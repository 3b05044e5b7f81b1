import assert from "node:assert/strict";
import fc from "fast-check";
import { closeNames } from "../../../src/core/catalog/closeNames.ts";

const NAMES = ["Claude Opus 5", "Claude Sonnet 5", "GPT-5.6 Luna", "DeepSeek V3"];
const find = closeNames(NAMES);
const found = (typed: string) => find(typed).map((place) => NAMES[place]);

describe("a misspelt name", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["cluade", ["Claude Opus 5", "Claude Sonnet 5"]],
    ["sonnett", ["Claude Sonnet 5"]],
    ["lunna gpt", ["GPT-5.6 Luna"]],
    ["deepseak", ["DeepSeek V3"]],
    ["claude luna", []],
    ["qqqq", []],
    ["--", []],
    ["", []],
  ];
  for (const [typed, names] of cases) {
    it(`"${typed}" comes close to ${names.join(" and ") || "nothing"}`, () => assert.deepEqual(found(typed), names));
  }

  it("never throws, and a name is close to itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        find(name);
        if (/[\p{L}\p{N}]/u.test(name)) assert.deepEqual(closeNames([name])(name), [0]);
      }),
    );
  });
});
