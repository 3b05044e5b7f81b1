import assert from "node:assert/strict";
import fc from "fast-check";
import { measurePrompt } from "../../../src/core/budget/promptTokens.ts";
import { type NearbyDefinition, packNearby } from "../../../src/core/context/packNearby.ts";

function definition(name: string, firstLine: number, lines: readonly string[], path = "src/a.ts"): NearbyDefinition {
  return { name, path, firstLine, languageId: "typescript", lines };
}

const tokensOf = (texts: readonly string[]) =>
  texts.reduce(
    (sum, text) => sum + measurePrompt([text], new Map()).tokensOf({ tokenizer: "GPT", id: "" }).expected,
    0,
  );

describe("definitions near a selection", () => {
  it("are told with their places, and of long ones the beginning", () => {
    const long = Array.from({ length: 30 }, (_each, line) => `line${line}`);
    const { names, parts } = packNearby([definition("add", 2, ["function add() {", "}"]), definition("run", 9, long)]);
    assert.deepEqual(names, ["add", "run"]);
    assert.equal(parts[0], "src/a.ts:3-4:\n```typescript\nfunction add() {\n}\n```\n\n");
    assert.match(
      parts[1] ?? "",
      /^src\/a\.ts:10-21 \(first 12 of 30 lines\):\n```typescript\nline0\n[^]*line11\n```\n\n$/,
    );
  });

  it("are told once, and what stands inside another is told with that", () => {
    const shape = definition("Shape", 0, ["class Shape {", "  area() {}", "}"]);
    const area = definition("area", 1, ["  area() {}"]);
    assert.deepEqual(packNearby([area, shape, shape]).names, ["Shape"]);
    assert.deepEqual(packNearby([area, { ...shape, path: "src/b.ts" }]).names, ["area", "Shape"]);
    assert.deepEqual(packNearby([]), { names: [], parts: [] });
  });

  it("take no more than a few hundred tokens, and what does not fit leaves room for what does", () => {
    const line = fc.string({ maxLength: 200 });
    const any = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 20 }), firstLine: fc.nat(500) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (each) => {
        const { names, parts } = packNearby(
          each.map(({ lines, firstLine }, n) => definition(`n${n}`, firstLine, lines)),
        );
        assert.equal(names.length, parts.length);
        assert.ok(tokensOf(parts) <= 400);
      }),
    );
    const huge = definition("huge", 0, ["x9".repeat(5_000)]);
    assert.deepEqual(packNearby([huge, definition("small", 5, ["const small = 1;"])]).names, ["small"]);
  });
});
