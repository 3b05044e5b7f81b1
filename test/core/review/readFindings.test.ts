import assert from "node:assert/strict";
import fc from "fast-check";
import { checkFindings } from "../../../src/core/review/checkFindings.ts";
import { readFindings } from "../../../src/core/review/readFindings.ts";

const ONE = `{"file": "src/a.ts", "line": 3, "severity": "problem", "comment": "It is off by one."}`;
const TWO = `{"file": "src/b.ts", "line": 9, "endLine": 11, "severity": "note", "comment": "Say why {here}.", "original": "a\\nb", "replacement": "c"}`;

const FORMS: readonly (readonly [string, string])[] = [
  ["one a line", `${ONE}\n${TWO}`],
  ["an array", `[${ONE}, ${TWO}]`],
  ["an array in a block", `\`\`\`json\n[\n${ONE},\n${TWO}\n]\n\`\`\``],
  ["an object around them", `{"summary": "Two.", "findings": [${ONE}, ${TWO}]}`],
  ["words around them", `I found two things:\n\n1. ${ONE}\n2. ${TWO}\n\nGood luck {with} that.`],
  ["commas where none belong", `[${ONE.replace("}", ",}")}, ${TWO},]`],
  ["the same twice", `${ONE}\n${ONE}\n${TWO}`],
  ["an answer that is cut off", `${ONE}\n${TWO}\n{"file": "src/c.ts", "line": 1, "comm`],
  ["an object that makes no sense between", `${ONE}\n{"file": }\n${TWO}`],
  ["line ends of Windows", `${ONE}\r\n${TWO}\r\n`],
];

describe("the findings of an answer", () => {
  for (const [form, answer] of FORMS) {
    it(`are read out of ${form}`, () => {
      const [one, two, ...others] = readFindings(answer);
      assert.deepEqual(one, {
        ...{ file: "src/a.ts", line: 3, endLine: 3, severity: "problem", sentence: "It is off by one." },
      });
      assert.deepEqual(two, {
        ...{ file: "src/b.ts", line: 9, endLine: 11, severity: "note", sentence: "Say why {here}." },
        ...{ original: "a\nb", replacement: "c" },
      });
      assert.equal(others.length, 0);
    });
  }

  it("are known by other names, too", () => {
    const answer = `{"path": "a.ts", "start_line": "12-14", "level": "HIGH", "message": " x ", "suggestion": ["a", "b"]}`;
    const finding = { file: "a.ts", line: 12, endLine: 14, severity: "problem", sentence: "x", replacement: "a\nb" };
    assert.deepEqual(readFindings(answer), [finding]);
  });

  it("are none where the file, the line or the sentence is missing or makes no sense", () => {
    for (const change of [
      `"file": 4`,
      `"file": " "`,
      `"line": -1`,
      `"line": 0`,
      `"line": "many"`,
      `"line": 1e30`,
      `"comment": ""`,
      `"comment": ["x"]`,
      `"comment": "\\u202e\\u0000"`,
    ]) {
      assert.deepEqual(readFindings(`${ONE.slice(0, -1)}, ${change}}`), [], change);
    }
  });

  it("hold nothing that hides, and no code that does", () => {
    const [finding] = readFindings(`{"file":"a","line":1,"comment":"a\\u202eb\\u001b[31m","replacement":"x\\u200by"}`);
    assert.deepEqual([finding?.sentence, finding?.replacement], ["ab[31m", undefined]);
  });

  it("are bounded", () => {
    const many = Array.from({ length: 500 }, (_, line) => ONE.replace("3", String(line + 1))).join("\n");
    assert.equal(readFindings(many).length, 100);
    assert.deepEqual(readFindings("{".repeat(300_000)), []);
    assert.deepEqual(readFindings(`{"a":`.repeat(50_000)), []);
    assert.equal(readFindings(ONE.replace("It", "x".repeat(5_000)))[0]?.sentence.length, 1_500);
  });

  it("are read out of anything", () => {
    const part = fc.oneof(
      fc.constantFrom(ONE, TWO, "{", "}", "[", "]", '"', "\\", ",", ":", "\n", "null"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        for (const { line, endLine, file, sentence } of readFindings(parts.join(""))) {
          assert.ok(line >= 1 && endLine >= line && file !== "" && sentence !== "");
        }
      }),
    );
    fc.assert(fc.property(fc.json(), (json) => Array.isArray(readFindings(json))));
  });

  it("pass a check, and so does an answer that has none to tell", () => {
    for (const answer of [ONE, "[]", "```json\n[]\n```", "No issues found.", '{"findings": []}'.slice(12), "LGTM"]) {
      assert.equal(checkFindings(answer).kind, "passed", answer);
    }
    for (const answer of ["", "## Review\n\n- The loop runs too far.", "x".repeat(400)]) {
      assert.equal(checkFindings(answer).kind, "failed", answer);
    }
  });
});
