import assert from "node:assert/strict";
import { isWarm } from "../../../src/core/routing/warmCache.ts";
import { type ChatLoad, offersCondensing } from "../../../src/core/conversation/offersCondensing.ts";

function check(load: Partial<ChatLoad>, atPercent: number, expected: boolean): void {
  assert.equal(offersCondensing({ share: 0.75, earlier: 5, isWarm: false, ...load }, atPercent), expected);
}

describe("a provider's cache", () => {
  it("is taken to be warm for minutes only, also by a clock that was set back", () => {
    const warm = { modelId: "m", promptTokens: 1, atMs: 3_600_000 };
    assert.deepEqual([isWarm(warm, 3_601_000), isWarm(warm, 7_200_000), isWarm(warm, 0)], [true, false, false]);
  });
});

describe("condensing a chat", () => {
  it("is offered from the threshold on", () => {
    check({}, 70, true);
    check({ share: 0.69 }, 70, false);
    check({ share: 0.69 }, 50, true);
  });

  it("is never offered where the person says so, nor for a single exchange", () => {
    check({ share: 1 }, 0, false);
    check({ earlier: 1 }, 70, false);
  });

  it("waits until no warm cache would be lost, but not until the window is full", () => {
    check({ isWarm: true }, 70, false);
    check({ isWarm: true, share: 0.9 }, 70, true);
  });
});
