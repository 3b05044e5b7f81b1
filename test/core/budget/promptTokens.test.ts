import assert from "node:assert/strict";
import fc from "fast-check";
import { type PromptTokensOf, measurePrompt } from "../../../src/core/budget/promptTokens.ts";
import { NO_CALIBRATION, type TokenCalibrations, learnTokens } from "../../../src/core/budget/tokenCalibration.ts";
import { judgeBound } from "../../bench/tokens/judgeBound.ts";
import { corpusPrompts } from "./promptCorpus.ts";
import { type Encoding, TOKENIZERS } from "./realTokenizers.ts";

const GPT = { tokenizer: "GPT", id: "a/gpt" };
const UNKNOWN = { tokenizer: "Other", id: "b/odd:free" };
const NOTHING: TokenCalibrations = new Map();

const tokensOf = (texts: readonly string[], model = GPT, learned = NOTHING) =>
  measurePrompt(texts, learned).tokensOf(model);

describe("the tokens of a prompt", function () {
  this.timeout(120_000);

  const prompts = corpusPrompts("held-out", 3_000);
  const check = (encoding: Encoding, family: string, mostRatio: number) =>
    it(`stay below their bound for ${encoding}, counted as ${family}`, () => {
      const judged = family === "GPT" ? prompts : prompts.slice(0, 1_500);
      const { exceeded, medianRatio } = judgeBound(judged, family, encoding);
      const kinds = exceeded.map(({ kind, text }) => `${kind} of ${text.length}`);
      assert.ok(exceeded.length * 1_000 < judged.length, `above their bound: ${kinds.join(", ")}`);
      assert.ok(medianRatio < mostRatio, `the bound is ${medianRatio} times the truth in the median`);
    });
  check("o200k_base", "GPT", 1.6);
  check("cl100k_base", "GPT", 1.6);
  check("p50k_base", "unknown", 1.8);
  check("r50k_base", "unknown", 1.8);

  it("are expected within a tenth in the median", () => {
    assert.ok(judgeBound(prompts.slice(0, 1_000), "GPT", "o200k_base").medianError < 0.1);
  });

  it("are never bounded above the bytes, and the bound never falls when text is added", () => {
    fc.assert(
      fc.property(anyText(), anyText(), (left, right) => {
        const { byteBound, tokensOf: of } = measurePrompt([left + right], NOTHING);
        assert.ok(of(UNKNOWN).atMost <= byteBound);
        assert.ok(of(GPT).atMost >= tokensOf([left]).atMost);
      }),
    );
  });

  it("of several messages are those of each and its template", () => {
    const [one, two] = [tokensOf(["some text"]).atMost, tokensOf(["some text", "some text"]).atMost];
    assert.ok(two - one >= 16 && two < 2 * one);
  });

  it("of a family nobody knows are bounded more carefully than those of a measured one", () => {
    for (const { text } of prompts.slice(0, 200)) {
      assert.ok(tokensOf([text], UNKNOWN).atMost >= 0.9 * tokensOf([text], GPT).atMost);
    }
  });
});

describe("what answers tell of a tokenizer", function () {
  this.timeout(20_000);

  const text = "An ordinary sentence about ships, crates and an old clerk who trusts paper. ".repeat(40);
  const family = "b/odd";
  const learn = (times: number, reportedBy: (counted: ReturnType<PromptTokensOf>) => number) => {
    let known = NO_CALIBRATION;
    for (let turn = 0; turn < times; turn += 1) {
      const counted = tokensOf([text], UNKNOWN, new Map([[family, known]]));
      known = learnTokens(known, { counted, reportedTokens: reportedBy(counted) });
    }
    return { known, counted: tokensOf([text], UNKNOWN, new Map([[family, known]])) };
  };

  it("moves the count towards what is reported", () => {
    const truth = Math.round(tokensOf([text], UNKNOWN).plain * 0.9);
    const before = tokensOf([text], UNKNOWN);
    const { counted } = learn(60, () => truth);
    assert.ok(counted.atMost < before.atMost);
    assert.ok(counted.atMost > truth);
    assert.ok(Math.abs(counted.expected - truth) < Math.abs(before.expected - truth));
  });

  it("raises a bound that was passed at once, so that the same prompt fits", () => {
    const { atMost } = tokensOf([text], UNKNOWN);
    const truth = Math.round(atMost * 1.3);
    assert.ok(learn(1, () => truth).counted.atMost >= truth);
  });

  it("lets a raised bound come down again", () => {
    const { known } = learn(1, ({ atMost }) => Math.round(atMost * 1.3));
    const counted = tokensOf([text], UNKNOWN, new Map([[family, known]]));
    const later = learnTokens(known, { counted, reportedTokens: counted.plain });
    assert.ok(known.raise > 1 && later.raise < known.raise && later.raise > 1);
  });

  it("keeps what a gateway puts before short prompts", () => {
    const counted = tokensOf(["hi"], UNKNOWN);
    const known = learnTokens(NO_CALIBRATION, { counted, reportedTokens: counted.atMost + 500 });
    assert.equal(known.raise, 1);
    assert.equal(tokensOf(["hi"], UNKNOWN, new Map([[family, known]])).atMost, counted.atMost + 500);
  });

  it("stays within bounds, whatever is reported", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 30 }), (reports) => {
        let known = NO_CALIBRATION;
        for (const reportedTokens of reports)
          known = learnTokens(known, { counted: tokensOf([text], UNKNOWN), reportedTokens });
        assert.ok(known.ratio >= 0.5 && known.ratio <= 2 && known.raise >= 1 && known.raise <= 2);
      }),
    );
  });

  it("is enough for a tokenizer that makes more tokens than any measured one", () => {
    const texts = corpusPrompts("held-out", 300).map((prompt) => prompt.text);
    let known = NO_CALIBRATION;
    let passedLate = 0;
    for (const [turn, prompt] of texts.entries()) {
      const counted = tokensOf([prompt], UNKNOWN, new Map([[family, known]]));
      const reportedTokens = Math.min(Buffer.byteLength(prompt), Math.round(TOKENIZERS.cl100k_base(prompt) * 1.4));
      if (turn >= 150 && reportedTokens > counted.atMost) passedLate += 1;
      known = learnTokens(known, { counted, reportedTokens });
    }
    assert.ok(passedLate <= 2, `${passedLate} of the last 150 were above their bound`);
  });
});

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.lorem(), fc.base64String({ maxLength: 200 }));
}
