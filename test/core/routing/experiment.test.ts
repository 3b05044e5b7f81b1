import assert from "node:assert/strict";
import fc from "fast-check";
import { type ExperimentArm, chooseArm } from "../../../src/core/routing/experiment.ts";

const arms = fc.uniqueArray(
  fc.record({ model: fc.stringMatching(/^[a-z]{1,4}\/[a-z]{1,6}$/), weight: fc.integer({ min: 0, max: 100 }) }),
  { selector: ({ model }) => model, maxLength: 6 },
);
const units = Array.from({ length: 4_000 }, (_, index) => `turn-${index}`);

function shareOf(model: string, among: readonly ExperimentArm[]): number {
  return units.filter((unit) => chooseArm(among, unit) === model).length / units.length;
}

describe("an experiment", () => {
  it("gives the same unit the same arm, whatever the order of the arms", () => {
    fc.assert(
      fc.property(arms, fc.string(), (among, unit) => {
        assert.equal(chooseArm(among, unit), chooseArm(among.toReversed(), unit));
      }),
    );
  });

  it("gives nothing to an arm without weight, and has no arm when none has weight", () => {
    fc.assert(
      fc.property(arms, fc.string(), (among, unit) => {
        const chosen = chooseArm(among, unit);
        const weighted = among.filter(({ weight }) => weight > 0).map(({ model }) => model);
        if (weighted.length === 0) assert.equal(chosen, undefined);
        else assert.ok(chosen !== undefined && weighted.includes(chosen));
      }),
    );
  });

  it("splits by weight", () => {
    const among = [
      { model: "a/old", weight: 70 },
      { model: "a/new", weight: 20 },
      { model: "b/other", weight: 10 },
    ];
    for (const { model, weight } of among) assert.ok(Math.abs(shareOf(model, among) - weight / 100) < 0.03, model);
  });

  it("being rolled out further moves units to the new arm and none back", () => {
    const stage = (weight: number) => [
      { model: "a/old", weight: 100 - weight },
      { model: "a/new", weight },
    ];
    for (const [before, after] of [[5, 20] as const, [20, 50] as const, [50, 100] as const]) {
      for (const unit of units.slice(0, 1_000)) {
        if (chooseArm(stage(before), unit) === "a/new") assert.equal(chooseArm(stage(after), unit), "a/new");
      }
    }
  });
});
