import assert from "node:assert/strict";
import { ProposalVerdict } from "../../src/extension/features/codeActions/proposalVerdict.ts";

function judge(steps: (verdict: ProposalVerdict) => void): readonly string[] {
  const reported: string[] = [];
  steps(new ProposalVerdict((turnId, kind) => reported.push(`${turnId} ${kind}`)));
  return reported;
}

describe("the verdict on a proposed fix", () => {
  const cases: readonly { name: string; steps: (verdict: ProposalVerdict) => void; reported: readonly string[] }[] = [
    {
      name: "is reported with the turn once the answer is whole",
      steps: (verdict) => {
        verdict.awaitFor("turn-1");
        verdict.give("accepted");
      },
      reported: ["turn-1 accepted"],
    },
    {
      name: "is given once: closing the diff after accepting it rejects nothing",
      steps: (verdict) => {
        verdict.awaitFor("turn-1");
        verdict.give("accepted");
        verdict.give("rejected");
      },
      reported: ["turn-1 accepted"],
    },
    {
      name: "is none while the answer is still arriving, or broke off",
      steps: (verdict) => verdict.give("rejected"),
      reported: [],
    },
    {
      name: "is none when the fix could not be applied any more",
      steps: (verdict) => {
        verdict.awaitFor("turn-1");
        verdict.withdraw();
        verdict.give("rejected");
      },
      reported: [],
    },
  ];
  for (const { name, steps, reported } of cases) it(name, () => assert.deepEqual(judge(steps), reported));
});
