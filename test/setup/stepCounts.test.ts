import { strict as assert } from "node:assert";
import { countsAfterSecondRun, countsOfCommand, countsOfRunner, totalCounts } from "./stepCounts.ts";

describe("counting the steps of a test run", () => {
  const runs: readonly [string, number, string | undefined, number, number][] = [
    ["passed tests", 0, `{"passes":3,"failures":0,"pending":0}`, 3, 0],
    ["failed tests", 1, `{"passes":3,"failures":2,"pending":0}`, 3, 2],
    ["pending tests as failed", 0, `{"passes":3,"failures":0,"pending":1}`, 3, 1],
    ["a runner that wrote nothing as one failure", 0, undefined, 0, 1],
    ["a runner that wrote half a file as one failure", 0, `{"passes":3`, 0, 1],
    ["a runner without tests as one failure", 0, `{"passes":0,"failures":0,"pending":0}`, 0, 1],
    ["an error after the last test as one failure", 1, `{"passes":3,"failures":0,"pending":0}`, 3, 1],
  ];
  for (const [what, exitCode, file, passed, failed] of runs) {
    it(`counts ${what}`, () => assert.deepEqual(countsOfRunner(exitCode, file), { passed, failed }));
  }

  it("names the files of failed tests", () => {
    const files = `"failedFiles":["test/ui/a.test.ts","test/ui/b.test.ts"]`;
    const counts = countsOfRunner(1, `{"passes":3,"failures":2,"pending":0,${files}}`);
    assert.deepEqual(counts, { passed: 3, failed: 2, failedFiles: ["test/ui/a.test.ts", "test/ui/b.test.ts"] });
    assert.deepEqual(countsOfRunner(0, `{"passes":3,"failures":0,"pending":0,"failedFiles":[]}`), {
      passed: 3,
      failed: 0,
    });
  });

  it("takes the second run of failed files for the first", () => {
    const first = { passed: 30, failed: 2, failedFiles: ["test/ui/a.test.ts"] };
    assert.deepEqual(countsAfterSecondRun(first, { passed: 9, failed: 0 }), { passed: 32, failed: 0 });
    assert.deepEqual(countsAfterSecondRun(first, { passed: 8, failed: 1 }), { passed: 31, failed: 1 });
    assert.deepEqual(countsAfterSecondRun(first, { passed: 0, failed: 3 }), { passed: 30, failed: 3 });
  });

  it("counts a command as one", () => {
    assert.deepEqual(countsOfCommand(0), { passed: 1, failed: 0 });
    assert.deepEqual(countsOfCommand(2), { passed: 0, failed: 1 });
  });

  it("adds the steps up", () => {
    const steps = [countsOfCommand(0), countsOfCommand(1), countsOfRunner(0, `{"passes":5,"failures":0,"pending":0}`)];
    assert.deepEqual(totalCounts(steps), { passed: 6, failed: 1 });
  });
});
