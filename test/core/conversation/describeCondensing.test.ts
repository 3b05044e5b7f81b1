import assert from "node:assert/strict";
import { type CondensingOffer, describeCondensing } from "../../../src/core/conversation/describeCondensing.ts";
import { ZERO_USD, toNanoUsd } from "../../../src/core/money/nanoUsd.ts";

const OFFER: CondensingOffer = {
  count: 24,
  modelName: "Qwen 4",
  expectedCost: toNanoUsd(2_000_000),
  worstCase: toNanoUsd(5_000_000),
  nextCost: { before: toNanoUsd(13_000_000), after: toNanoUsd(3_000_000) },
  cacheSaving: ZERO_USD,
};

describe("the question before a chat is condensed", () => {
  it("says the price and what is saved", () => {
    const { question, detail } = describeCondensing(OFFER);
    assert.equal(question, "Condense the 24 earlier messages?");
    assert.match(
      detail,
      /^About \$0\.002\d* with Qwen 4, at most \$0\.005\d*; .* cost about \$0\.01\d* less each\. The/,
    );
  });

  it("says what of a warm cache is lost", () => {
    const { detail } = describeCondensing({ ...OFFER, cacheSaving: toNanoUsd(4_000_000) });
    assert.match(detail, /still saves about \$0\.004\d* on the next question, and condensing forgets it/);
  });

  it("never promises what is not so, nor a price that is unknown", () => {
    const { expectedCost, worstCase } = OFFER;
    const same = describeCondensing({ ...OFFER, nextCost: { before: expectedCost, after: worstCase } });
    assert.match(same.detail, /then cost no less\./);
    assert.match(describeCondensing({ ...OFFER, nextCost: undefined }).detail, /is not known yet\./);
    assert.match(describeCondensing({ ...OFFER, worstCase: ZERO_USD }).detail, /^Free with Qwen 4;/);
  });
});
