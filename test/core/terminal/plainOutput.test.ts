import assert from "node:assert/strict";
import fc from "fast-check";
import { OutputTail } from "../../../src/core/terminal/outputTail.ts";
import { plainOutput } from "../../../src/core/terminal/plainOutput.ts";

const [BELL, ESCAPE] = ["\u0007", "\u001b"];

describe("the output of a terminal", () => {
  const check = (name: string, [output, seen]: readonly [string, string]) =>
    it(`is what a person sees of ${name}`, () => assert.equal(plainOutput(output), seen));
  check("colours", [`${ESCAPE}[1;31merror${ESCAPE}[0m: no`, "error: no"]);
  check("colours by their values", [`${ESCAPE}[38;2;1;2;3mred${ESCAPE}[m`, "red"]);
  check("the marks of shell integration", [`${ESCAPE}]633;C${BELL}failed\r\n${ESCAPE}]633;D;1${BELL}`, "failed"]);
  check("links", [`${ESCAPE}]8;;https://a.b${ESCAPE}\\here${ESCAPE}]8;;${ESCAPE}\\`, "here"]);
  check("progress bars", ["10 %\r50 %\rdone\nnext", "done\nnext"]);
  check("a line end of Windows", ["one\r\ntwo\r\n", "one\ntwo"]);
  check("cursor movements", [`${ESCAPE}[2K${ESCAPE}[1Gtext${ESCAPE}[?25h`, "text"]);
  check("a sequence that is cut off", [`text${ESCAPE}]0;title`, "text"]);
  check("tables", ["a\tb", "a\tb"]);

  it("is plain whatever comes", () => {
    const part = fc.oneof(
      fc.constantFrom(ESCAPE, BELL, "[", "]", "0", ";", "m", "\r", "\n"),
      fc.string({ unit: "binary-ascii" }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const plain = plainOutput(parts.join(""));
        assert.ok(plain.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(plain));
      }),
    );
  });

  it("keeps its end only, from the beginning of a line", () => {
    const tail = new OutputTail(20);
    tail.push("a line\n");
    assert.equal(tail.text(), "a line\n");
    for (let count = 0; count < 1_000; count += 1) tail.push(`line ${count}\n`);
    assert.equal(tail.text(), "line 998\nline 999\n");
  });

  it("is the same in pieces of any size", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 30 }), (chunks, most) => {
        const tail = new OutputTail(most);
        for (const chunk of chunks) tail.push(chunk);
        const whole = chunks.join("");
        assert.ok(whole.endsWith(tail.text()) && tail.text().length <= most);
        if (whole.length <= most) assert.equal(tail.text(), whole);
      }),
    );
  });
});
