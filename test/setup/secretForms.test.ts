import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { formsIn, formsOf } from "./secretForms.ts";

const SECRET = 'sk-or-v1-0f1e"2d3c/4b5a+6978';

describe("the forms of a secret", () => {
  const forms = formsOf(SECRET);
  const found = (text: string | Buffer) => formsIn(Buffer.from(text), forms);

  const PLANTED: readonly (readonly [string, string | Buffer])[] = [
    ["plain", `x${SECRET}x`],
    ["reversed", SECRET.split("").toReversed().join("")],
    ["JSON", JSON.stringify({ key: SECRET })],
    [
      "JSON with every sign escaped",
      SECRET.split("")
        .map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
        .join(""),
    ],
    ["URL-encoded", `https://x.example/?q=${encodeURIComponent(SECRET)}`],
    [
      "URL-encoded, every sign",
      SECRET.split("")
        .map((sign) => `%${sign.charCodeAt(0).toString(16)}`)
        .join(""),
    ],
    ["hex", Buffer.from(SECRET).toString("hex")],
    ["hex", Buffer.from(SECRET).toString("hex").toUpperCase()],
    ["UTF-16", Buffer.from(`ab${SECRET}`, "utf16le")],
    ["UTF-16", Buffer.from(SECRET, "utf16le").swap16()],
    ["gzip, plain", gzipSync(`x${SECRET}`)],
    ["gzip, gzip, hex", gzipSync(gzipSync(Buffer.from(SECRET).toString("hex")))],
  ];
  for (const [form, text] of PLANTED) {
    it(`are found: ${form}, ${text.length} long`, () => assert.deepEqual(found(text), [form]));
  }

  it("are found in base64 and base64url wherever they begin and whatever stands around them", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), fc.constantFrom("base64", "base64url"), (before, after, form) => {
        const text = Buffer.concat([before, Buffer.from(SECRET), after]).toString(form);
        assert.ok(
          found(text).some((name) => name.startsWith("base64")),
          text,
        );
      }),
    );
  });

  it("are not found where they are not, also in what is packed badly", () => {
    for (const text of [
      "",
      SECRET.slice(1),
      SECRET.toUpperCase(),
      gzipSync(SECRET.slice(1)),
      gzipSync("x").subarray(0, 12),
    ]) {
      assert.deepEqual(found(text), []);
    }
  });
});
