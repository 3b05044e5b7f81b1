import assert from "node:assert/strict";
import fc from "fast-check";
import { CSV_HEAD, csvLine, jsonObject } from "../../../src/core/spend/spendExport.ts";
import type { SpendRow } from "../../../src/core/spend/spendRow.ts";

function rowOf(fields: Partial<SpendRow> = {}): SpendRow {
  return {
    sequence: 1,
    day: "2026-11-20",
    startedAtMs: Date.UTC(2026, 10, 20, 12),
    model: "a/b",
    askedModel: "a/b",
    provider: undefined,
    task: "fix",
    surface: "chat",
    workspace: "file:///one",
    key: "default",
    promptTokens: 12,
    completionTokens: 3,
    cachedTokens: 0,
    reasoningTokens: undefined,
    costNano: 1_234_567,
    costSource: "billed",
    finish: "complete",
    totalMs: 900,
    generationId: undefined,
    verdict: undefined,
    ...fields,
  };
}

/** Reads CSV as RFC 4180 says. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[""]];
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const [character = "", next] = [text[index], text[index + 1]];
    const record = records.at(-1) ?? [];
    if (isQuoted && character === '"' && next === '"') index += 1;
    else if (character === '"') {
      isQuoted = !isQuoted;
      continue;
    } else if (!isQuoted && character === ",") {
      record.push("");
      continue;
    } else if (!isQuoted && character === "\r" && next === "\n") {
      records.push([""]);
      index += 1;
      continue;
    }
    record[record.length - 1] = `${record.at(-1) ?? ""}${character}`;
  }
  return records.slice(0, -1);
}

describe("the export", () => {
  it("has one line a row, exact dollars, UTC times and nothing for what is not known", () => {
    assert.equal(
      csvLine(rowOf()),
      "2026-11-20T12:00:00.000Z,2026-11-20,a/b,a/b,,fix,chat,file:///one,default,12,3,0,,0.001234567,billed,complete,900,,,,,\r\n",
    );
    assert.equal(CSV_HEAD.split(",").length, csvLine(rowOf()).split(",").length);
  });

  it("says what became of an answer, with the lines where they were counted", () => {
    const ending = (verdict: SpendRow["verdict"]) => csvLine(rowOf({ generationId: "g", verdict })).split(",g,")[1];
    const lines = { accepted: 3, proposed: 8 };
    assert.equal(ending({ kind: "partly-accepted", lines, editedLines: 2 }), "partly-accepted,3,8,2\r\n");
    assert.equal(ending({ kind: "accepted", lines: undefined, editedLines: undefined }), "accepted,,,\r\n");
  });

  it("makes plain text of what a spreadsheet would take for a formula", () => {
    for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"]) {
      const [record] = readCsv(csvLine(rowOf({ provider: text })));
      assert.equal(record?.[4], `'${text}`);
    }
    assert.equal(readCsv(csvLine(rowOf({ provider: "a=b" })))[0]?.[4], "a=b");
  });

  it("comes back as it was, whatever a name has in it, and no field begins like a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (provider, workspace) => {
        const records = readCsv(csvLine(rowOf({ provider, workspace })));
        assert.equal(records.length, 1);
        const [record = []] = records;
        assert.equal(record.length, 22);
        assert.equal(record[4]?.replace(/^'/, ""), provider.replace(/^'/, ""));
        assert.equal(record[7]?.replace(/^'/, ""), workspace.replace(/^'/, ""));
        for (const field of record) assert.doesNotMatch(field, /^[=+\-@\t\r\n]/);
      }),
    );
  });

  it("is JSON with text for money and null for what is not known", () => {
    const object: unknown = JSON.parse(jsonObject(rowOf({ model: '=a"b' })));
    assert.ok(
      typeof object === "object" &&
        object !== null &&
        "model" in object &&
        "cost_usd" in object &&
        "provider" in object,
    );
    assert.deepEqual([object.model, object.cost_usd, object.provider], ['=a"b', "0.001234567", null]);
  });
});
