import assert from "node:assert/strict";
import fc from "fast-check";
import { compilePatterns, matchesModel } from "../../../src/core/routing/modelPattern.ts";

describe("a list of patterns", () => {
  it("means what its patterns mean one by one, whatever they and the model are called", () => {
    const id = fc.stringMatching(/^[abAB]{0,2}\/?[abAB-]{0,4}(:free)?$/);
    const pattern = fc.stringMatching(/^[abAB*]{0,2}\/?[abAB*-]{0,4}(:free)?$/);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), id, (patterns, modelId) => {
        const expected = patterns.some((each) => matchesModel(each, modelId));
        assert.equal(compilePatterns(patterns)(modelId.toLowerCase()), expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
