import assert from "node:assert/strict";
import fc from "fast-check";
import { cutInstructions } from "../../../src/core/context/cutInstructions.ts";

const LIMIT = 32 * 1024;

describe("a project's instructions", () => {
  it("are taken by whole lines up to 32 KB, and said to be cut only then", () => {
    const line = fc.constantFrom(
      "Ü".repeat(3_000),
      "漢字".repeat(1_500),
      "😀".repeat(2_000),
      "a".repeat(5_000),
      "",
      "ab",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (texts) => {
        const text = texts.join("\n");
        const { lines, isCut } = cutInstructions(text);
        const taken = lines.join("");
        assert.ok(text.startsWith(taken) && Buffer.byteLength(taken) <= LIMIT);
        assert.equal(isCut, taken !== text);
        if (!isCut) return;
        const next = text.slice(taken.length).split("\n")[0] ?? "";
        assert.ok(Buffer.byteLength(`${taken}${next}\n`) > LIMIT);
      }),
    );
  });
});
