import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parsePathMention } from "../../src/protocol/pathMention.ts";

describe("a file as an answer names it", () => {
  it("is read with its lines", () => {
    const table: readonly (readonly [string, ReturnType<typeof parsePathMention>])[] = [
      ["src/invoice.ts", { path: "src/invoice.ts" }],
      ["./src/invoice.ts", { path: "src/invoice.ts" }],
      ["src\\invoice.ts", { path: "src/invoice.ts" }],
      ["invoice.ts:12", { path: "invoice.ts", line: 12 }],
      ["invoice.ts:12:5", { path: "invoice.ts", line: 12, column: 5 }],
      ["src/a.ts:12-20", { path: "src/a.ts", line: 12, endLine: 20 }],
      ["src/a.ts#L12-L20", { path: "src/a.ts", line: 12, endLine: 20 }],
      ["src/a.ts:20-12", { path: "src/a.ts", line: 20 }],
      ["a.ts:0", { path: "a.ts" }],
      ["app/(shop)/[id]/page.tsx", { path: "app/(shop)/[id]/page.tsx" }],
      ["src/Makefile", { path: "src/Makefile" }],
      [".gitignore", { path: ".gitignore" }],
      ["größe.ts", { path: "größe.ts" }],
    ];
    for (const [text, expected] of table) assert.deepEqual(parsePathMention(text), expected, text);
  });

  it("is nothing that leaves the folder, and nothing that is no file", () => {
    const others = [
      ..."/etc/passwd ../a.ts src/../../a.ts ~/a.ts C:\\a.ts C:/a.ts \\\\host\\a.ts //host/a.ts src//a.ts src/./a.ts".split(
        " ",
      ),
      ..."https://a.example/b.ts file:///a.ts command:x.y total x.length() 3.14 a.ts:x src/ . .. a/.. a?.ts *.ts".split(
        " ",
      ),
      ...["", "npm run a.ts", "a.ts\n", "a.ts\u0000", "a.ts\u202e", "<a.ts>", "a".repeat(400)],
    ];
    for (const text of others) assert.equal(parsePathMention(text), undefined, text);
  });

  it("never leaves the folder, whatever the text", () => {
    const pieces = fc.constantFrom("..", ".", "/", "\\", "a", "a.ts", ":", "1", "-", "#L2", "~", " ", "%2e", "\u0000");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const path = parsePathMention(parts.join(""))?.path;
        if (path === undefined) return;
        assert.doesNotMatch(path, /^\/|[\\:\p{Cc}]/u);
        for (const name of path.split("/")) assert.ok(name !== "" && name !== "." && name !== "..", path);
      }),
      { numRuns: 3000 },
    );
  });
});
