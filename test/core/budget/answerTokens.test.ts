import assert from "node:assert/strict";
import fc from "fast-check";
import { AnswerTokens } from "../../../src/core/budget/answerTokens.ts";
import { NO_CALIBRATION, type TokenCalibrations } from "../../../src/core/budget/tokenCalibration.ts";
import { ODD_TEXTS } from "./oddTexts.ts";
import { corpusPrompts } from "./promptCorpus.ts";
import { type Encoding, TOKENIZERS } from "./realTokenizers.ts";
import { seededRandom } from "./seededRandom.ts";

const GPT = { tokenizer: "GPT", id: "a/gpt" };
const UNKNOWN = { tokenizer: "Other", id: "b/odd" };
const NOTHING: TokenCalibrations = new Map();

function arrive(text: string, step: number): AnswerTokens {
  const tokens = new AnswerTokens();
  for (let start = 0; start < text.length; start += step) tokens.add(text.slice(start, start + step));
  return tokens;
}

describe("the tokens of an answer under way", function () {
  this.timeout(120_000);

  const random = seededRandom(33);
  const odd = Object.entries(ODD_TEXTS).flatMap(([kind, make]) =>
    Array.from({ length: 8 }, () => ({ kind, text: make(random, 6_000) })),
  );
  const answers = [...corpusPrompts("held-out", 1_200).filter(({ text }) => text.length > 1_024), ...odd];

  const check = (encoding: Encoding, model: typeof GPT) =>
    it(`are at least as many for ${encoding} as are counted, so that no answer is cut within its limit`, () => {
      for (const { kind, text } of answers) {
        const atLeast = arrive(text, 37).atLeast(model, NOTHING);
        const real = TOKENIZERS[encoding](text);
        assert.ok(atLeast <= real, `${kind}: counted ${atLeast} of ${real}`);
      }
    });
  check("o200k_base", GPT);
  check("cl100k_base", GPT);
  check("o200k_base", UNKNOWN);
  check("p50k_base", UNKNOWN);
  check("r50k_base", UNKNOWN);

  it("are not lost sight of: an ordinary answer counts with more than half of its tokens", () => {
    const text = "An ordinary sentence about ships, crates and an old clerk who trusts paper. ".repeat(80);
    const other = corpusPrompts("held-out", 40)
      .map((prompt) => prompt.text)
      .join("\n");
    for (const answer of [text, other]) {
      assert.ok(arrive(answer, 50).atLeast(GPT, NOTHING) > 0.5 * TOKENIZERS.o200k_base(answer));
    }
  });

  it("are about the same however the answer arrives", () => {
    const text = corpusPrompts("held-out", 60)
      .map((prompt) => prompt.text)
      .join("\n");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (step) => {
        const [whole, parts] = [arrive(text, text.length).expected, arrive(text, step).expected];
        assert.ok(Math.abs(whole - parts) < 0.02 * whole, `${whole} in one, ${parts} in steps of ${step}`);
      }),
      { numRuns: 40 },
    );
  });

  it("are counted more carefully where answers told of a tokenizer that makes fewer", () => {
    const text = corpusPrompts("held-out", 60)
      .map((prompt) => prompt.text)
      .join("\n");
    const tokens = arrive(text, 64);
    const learned = (ratio: number) => new Map([["b/odd", { ...NO_CALIBRATION, weight: 40, ratio }]]);
    assert.ok(tokens.atLeast(UNKNOWN, learned(0.7)) < tokens.atLeast(UNKNOWN, NOTHING));
    assert.equal(tokens.atLeast(UNKNOWN, learned(1.5)), tokens.atLeast(UNKNOWN, NOTHING));
  });
});
