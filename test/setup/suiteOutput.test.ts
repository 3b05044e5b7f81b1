import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_KEY } from "../simulator/simulatorOptions.ts";
import { repositoryFolder } from "./repositoryFolders.ts";
import { runToEnd } from "./runToEnd.ts";

const GUARD = fileURLToPath(new URL("suiteOutput.ts", import.meta.url));
const MOCHA = join(repositoryFolder, "node_modules", "mocha", "bin", "mocha.js");

/** A suite of one test that does this and passes. */
async function suiteThat(statement: string): Promise<{ exitCode: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-suite-"));
  const file = join(folder, "suite.cjs");
  await writeFile(file, `it("passes", () => { ${statement}; });`);
  const parameters = [MOCHA, "--require", GUARD, file];
  const ended = await runToEnd(process.execPath, parameters, { workingFolder: repositoryFolder });
  await rm(folder, { recursive: true });
  return ended;
}

describe("a suite of tests", () => {
  for (const [name, statement] of [
    ["a key to the console", `console.log("sent", { key: "${DEFAULT_KEY}" })`],
    ["an account id to standard error", `process.stderr.write('{"user_id":"x"}\\n')`],
    ["a question as a warning", `process.emitWarning("failed on: What is a closure?")`],
  ] as const) {
    it(`fails when what it tests prints ${name}`, async () => {
      const { exitCode, output } = await suiteThat(statement);
      assert.notEqual(exitCode, 0);
      assert.match(output, /What must not be logged was logged \(masked here\)/);
      assert.match(output, /█/);
    });
  }

  it("may print anything else", async () => {
    const { exitCode, output } = await suiteThat(`console.error("The key sk-or-v1-…cdef is stored.")`);
    assert.equal(exitCode, 0, output);
  });
});
