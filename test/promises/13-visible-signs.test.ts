import assert from "node:assert/strict";
import fc from "fast-check";
import { hiddenSigns } from "../../src/core/edits/suspectText.ts";
import { hiddenPlaces } from "../../src/core/text/visibleSigns.ts";
import { PendingContext } from "../../src/extension/features/chat/pendingContext.ts";
import { HIDDEN_TEXTS, PROPER_TEXTS } from "../core/text/signCorpora.ts";

function signsIn(text: string): readonly string[] {
  return [...hiddenPlaces(text)].map(({ sign }) => sign);
}

describe("promise 13: signs that cannot be seen are made visible, and scripts that need them are left alone", () => {
  for (const [script, texts] of Object.entries(PROPER_TEXTS)) {
    it(`leaves alone: ${script}`, () => {
      for (const text of [...texts, texts.join(" "), texts.join("\n")]) assert.deepEqual(signsIn(text), [], text);
    });
  }

  it("finds direction marks, joiners out of place, tags, fillers and control signs, one by one", () => {
    for (const [text, signs] of HIDDEN_TEXTS) assert.deepEqual(signsIn(text), signs, JSON.stringify(text));
  });

  it("finds every sign that turns the writing around or is ignored, wherever it stands between letters", () => {
    const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u;
    for (let code = 0; code <= 0x10_ff_ff; code += 1) {
      const sign = String.fromCodePoint(code);
      if (!hidden.test(sign) || /\p{Variation_Selector}/u.test(sign)) continue;
      assert.equal(signsIn(`a${sign}b`).length, 1, code.toString(16));
    }
  });

  it("names the same signs where an edit is judged", () => {
    for (const [text, signs] of HIDDEN_TEXTS) {
      assert.deepEqual(
        hiddenSigns(`first\n${text}`),
        signs.map((sign) => ({ line: 2, sign })),
      );
    }
    for (const texts of Object.values(PROPER_TEXTS)) assert.deepEqual(hiddenSigns(texts.join("\n")), []);
  });

  it("changes nothing of the text: what is shown and the signs together are what came", () => {
    const pieces = [...HIDDEN_TEXTS.map(([text]) => text), ...Object.values(PROPER_TEXTS).flat()];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" }))), (parts) => {
        const text = parts.join("");
        let before = 0;
        for (const { start, end } of hiddenPlaces(text)) {
          assert.ok(start >= before && end > start && end <= text.length);
          before = end;
        }
      }),
    );
  });

  it("says on the chip how many go along", () => {
    const text = HIDDEN_TEXTS[0]?.[0] ?? "";
    const code = { label: "a.ts", languageId: "typescript", text, diagnostics: [] };
    const pending = new PendingContext({ selected: () => code, chatId: () => "c", leftOut: new Set() });
    assert.deepEqual(
      pending.views().map(({ tokens }) => tokens),
      ["4 hidden signs"],
    );
  });
});
