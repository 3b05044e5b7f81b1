import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { sep } from "node:path";

/** How many promises `SECURITY.md` answers for, each in one of its two tables. */
const PROMISES = 40;

/** The one check that is no file of tests: the step `package` looks into the real package. */
const CHECK_OF_PACKAGE = "test/setup/checkPackage.ts";

interface PromiseRow {
  readonly number: number;
  readonly cells: readonly string[];
}

const page = readFileSync("SECURITY.md", "utf8");
const [, made = "", notMade = ""] = page.split(/^## What Waybill (?:promises|does not promise)$/m);
const promises = rowsOf(made);
const notPromised = rowsOf(notMade);
const numberedFiles = globSync("test/**/promises/*.ts").map((file) => file.split(sep).join("/"));

/** The rows of a table of `| N | … | … |`; its head and the line below have no number. */
function rowsOf(section: string): PromiseRow[] {
  return [...section.matchAll(/^\| *(\d+) *\|(.*)\|$/gm)].map(([, number, cells = ""]) => ({
    number: Number(number),
    cells: cells.split("|").map((cell) => cell.trim()),
  }));
}

function testsOf({ cells: [, tests = ""] }: PromiseRow): string[] {
  return [...tests.matchAll(/\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
}

/** The promise that a file below a `promises` folder is about; undefined for a name without a number of two digits. */
function numberOf(file: string): number | undefined {
  const [, digits] = /\/promises\/(\d\d)-[a-z0-9-]+\.test\.ts$/.exec(file) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

describe("the promises of SECURITY.md", () => {
  it("are all there, each once: made with its tests, or not made with the reason", () => {
    const numbers = [...promises, ...notPromised].map(({ number }) => number).toSorted((one, other) => one - other);
    assert.deepEqual(
      numbers,
      Array.from({ length: PROMISES }, (_, index) => index + 1),
    );
    for (const { number, cells } of [...promises, ...notPromised]) {
      assert.equal(cells.length, 2, `promise ${number}`);
      for (const cell of cells) assert.ok(cell !== "", `promise ${number}`);
    }
  });

  it("have tests, all of which are there", () => {
    for (const row of promises) {
      const files = testsOf(row);
      assert.ok(files.length > 0, `promise ${row.number} has no test`);
      assert.equal(new Set(files).size, files.length, `promise ${row.number} names a test twice`);
      for (const file of files) {
        assert.ok(file.endsWith(".test.ts") || file === CHECK_OF_PACKAGE, `promise ${row.number}: ${file}`);
        assert.ok(existsSync(file), `promise ${row.number}: ${file}`);
      }
    }
  });

  it("name the files with their number, which other promises may rest on, too", () => {
    for (const file of numberedFiles.filter((name) => name.endsWith(".test.ts"))) {
      const number = numberOf(file);
      const row = promises.find((promise) => promise.number === number);
      assert.ok(row, `${file} is not named after a promise that is made`);
      assert.ok(testsOf(row).includes(file), `${file} is not in the row of its promise`);
    }
  });
});
