import assert from "node:assert/strict";
import fc from "fast-check";
import { FindingStream } from "../../../src/core/review/findingStream.ts";
import { readFindings } from "../../../src/core/review/readFindings.ts";

const ONE = `{"file": "src/a.ts", "line": 3, "severity": "problem", "comment": "It is off by one."}`;
const TWO = `{"file": "src/b.ts", "line": 9, "comment": "Say \\"why\\" {here}.", "original": "if (a) {\\n\\tb(\\"}\\");", "replacement": "c }"}`;
const AROUND = `{"file": "src/c.ts", "line": 1, "comment": "x", "fix": {"file": "src/d.ts", "line": 2, "comment": "y"}}`;

/** The files of the findings, with the number of characters after which each was there. */
function arrivals(answer: string): readonly (readonly [string, number])[] {
  const stream = new FindingStream();
  const found: [string, number][] = [];
  for (let at = 0; at < answer.length; at += 1)
    for (const { file } of stream.push(answer.charAt(at))) found.push([file, at + 1]);
  for (const { file } of stream.end()) found.push([file, Infinity]);
  return found;
}

describe("findings of an answer that is still arriving", () => {
  const endOf = (answer: string, part: string) => answer.indexOf(part) + part.length;

  for (const [form, answer] of [
    ["one a line", `${ONE}\n${TWO}\n`],
    ["an array in a block", `\`\`\`json\n[\n${ONE},\n${TWO}\n]\n\`\`\``],
    ["an object around them", `{"summary": "Two {of them}.", "findings": [${ONE}, ${TWO}]}`],
    ["words with braces and quotation marks", `I "think {this" matters:\n1. ${ONE}\n2. ${TWO} {x`],
    ["an object that is no JSON around them", `{findings: [${ONE}, ${TWO}]}`],
  ] as const) {
    it(`are there with their last character, in ${form}`, () => {
      assert.deepEqual(arrivals(answer), [
        ["src/a.ts", endOf(answer, ONE)],
        ["src/b.ts", endOf(answer, TWO)],
      ]);
    });
  }

  it("wait for the object that they are a field of", () => {
    assert.deepEqual(arrivals(AROUND), [["src/c.ts", AROUND.length]]);
    assert.deepEqual(arrivals(`{"finding": ${ONE}, "rest": "cut o`), [["src/a.ts", Infinity]]);
  });

  it("are the same in the same order, however the answer is cut", () => {
    const part = fc.oneof(
      fc.constantFrom(ONE, TWO, AROUND, `{"findings": [${ONE}, ${TWO}]}`, TWO.slice(0, 60), ONE.replace("}", ",}")),
      fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "\n", "words", "😀", "```"),
    );
    const answers = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(answers, fc.array(fc.nat({ max: 300 })), (answer, lengths) => {
        const stream = new FindingStream();
        const found = [];
        let at = 0;
        for (const length of lengths) {
          found.push(...stream.push(answer.slice(at, at + length)));
          at += length;
        }
        found.push(...stream.push(answer.slice(at)), ...stream.end());
        assert.deepEqual(found, readFindings(answer));
      }),
    );
  });

  it("are never taken back by what follows", () => {
    const pieces = fc.array(fc.constantFrom(ONE, TWO, AROUND, "{", "}", '"', "\\", "[", "x"), { maxLength: 10 });
    fc.assert(
      fc.property(pieces, fc.nat({ max: 2_000 }), (parts, length) => {
        const answer = parts.join("");
        const early = new FindingStream().push(answer.slice(0, length));
        assert.deepEqual(readFindings(answer).slice(0, early.length), early);
      }),
    );
  });

  it("take work for each character that does not grow with the answer", () => {
    const wrapped = `{"findings": [${Array.from({ length: 90 }, (_, line) => TWO.replace("9", String(line + 1))).join(",")}]}`;
    assert.equal(readFindings(wrapped).length, 90);
    assert.equal(readFindings(`${"{".repeat(200_000)}${"}".repeat(100_000)}${ONE}`).length, 1);
    assert.deepEqual(readFindings(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`), []);
  });
});
