import assert from "node:assert/strict";
import { hiddenSigns, newAddresses } from "../../../src/core/edits/suspectText.ts";

describe("hidden signs", () => {
  it("are named with their lines", () => {
    const signs = [
      "\u200B",
      "\u202E",
      "\u2066",
      "\uFEFF",
      "\u{E0041}",
      "\u00AD",
      "\u2062",
      "\u3164",
      "\u001B",
      "\u0000",
    ];
    for (const sign of signs) {
      const code = `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
      assert.deepEqual(hiddenSigns(`a\nb${sign}c\n`), [{ line: 2, sign: code }], code);
    }
    assert.deepEqual(hiddenSigns("a\u200Bb", 7), [{ line: 7, sign: "U+200B" }]);
  });

  it("are a run of variation selectors, which can carry a text", () => {
    assert.equal(hiddenSigns("x\uFE00\uFE01\uFE02").length, 1);
    assert.equal(hiddenSigns("x\u{E0101}\u{E0102}").length, 1);
  });

  it("are joiners between letters that need none", () => {
    assert.equal(hiddenSigns("pay\u200Dpal").length, 1);
    assert.equal(hiddenSigns("pay\u200Cpal").length, 1);
  });

  it("are not emoji, flags, tabs, and scripts that join their letters", () => {
    const proper = ["\tx\r\ny", "👩‍💻 👨‍👩‍👧", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪", "می‌خواهم", "क्‍ष", "naïve – “Größe”"];
    for (const text of proper) assert.deepEqual(hiddenSigns(text), [], text);
  });

  it("are no more than can be shown", () => {
    assert.equal(hiddenSigns("\u200B".repeat(10_000)).length, 50);
  });
});

describe("new addresses", () => {
  it("are those that the file does not have, each once", () => {
    const news =
      'get("https://evil.example/a?b=1"), see https://known.example. http://evil.example:8080/x; https://evil.example/a?b=1';
    assert.deepEqual(newAddresses("// https://known.example", news), [
      "https://evil.example/a?b=1",
      "http://evil.example:8080/x",
    ]);
    assert.deepEqual(newAddresses("", '{"$schema": "https://x.example/s.json"}'), ["https://x.example/s.json"]);
    assert.deepEqual(newAddresses("", "profile: a, if (x): b"), []);
  });
});
