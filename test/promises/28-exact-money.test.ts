import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createStoreFolder } from "../store/storeFolder.ts";

/** Columns that hold how sure something is or how much it counts, in no currency. */
const FRACTIONS = ["raise", "ratio", "weight"];

const sources = globSync("src/**/*.ts").map((file) => ({
  file: file.split(sep).join("/"),
  code: readFileSync(file, "utf8").replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, ""),
}));

function linesWith(pattern: RegExp): string[] {
  return sources.flatMap(({ file, code }) =>
    code
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

describe("promise 28: money is exact", () => {
  it("in every table of the ledger: each column of money is a whole number", async () => {
    const folder = createStoreFolder();
    try {
      (await folder.openLedger()).close();
      const database = new DatabaseSync(folder.ledgerPath, { readOnly: true });
      const columns = database
        .prepare(
          "SELECT t.name AS place, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
        )
        .all()
        .map(({ place, name, type }) => ({ place: String(place), name: String(name), type: String(type) }));
      database.close();
      const money = columns.filter(({ name }) => /nano|^booked|spent/.test(name));
      assert.ok(money.length > 10, "the columns of money are found");
      for (const { place, name, type } of money) assert.equal(type, "INTEGER", `${place}.${name}`);
      const fractions = columns.filter(({ type }) => /REAL|FLOA|DOUB|NUM|DEC/i.test(type)).map(({ name }) => name);
      assert.deepEqual([...new Set(fractions)].toSorted(), FRACTIONS);
    } finally {
      folder.remove();
    }
  });

  it("in the code: an amount comes from one function, which refuses fractions", () => {
    assert.deepEqual(linesWith(/\bas NanoUsd\b|<NanoUsd>\(/), []);
    assert.deepEqual(linesWith(/\bparseFloat\b/), []);
  });

  it("in the code: no amount is multiplied or divided as a number, but to be shown", () => {
    assert.deepEqual(linesWith(/[nN]anoUsd\)?\s*[*/%](?!\/)|[*/%]\s+\(?[\w.]*[nN]anoUsd\b/), [
      "src/core/budget/presentSpend.ts: const dollars = nanoUsd / 1e9;",
    ]);
  });
});
