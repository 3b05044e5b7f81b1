import assert from "node:assert/strict";
import fc from "fast-check";
import { KeyRedactor } from "../../src/core/text/keyRedactor.ts";
import { openEditorStage } from "../extension/editorStage.ts";

const KEY = `sk-or-v1-${"0f1e2d3c4b5a6978".repeat(4)}`;
const OTHER = "another-key-of-a-company-proxy";

function redact(pieces: readonly string[], keys: readonly string[] = [KEY, OTHER]): string {
  const redactor = new KeyRedactor(keys);
  return pieces.map((piece) => redactor.push(piece)).join("") + redactor.end();
}

/** Whether eight signs in a row of the key are in the text. */
function tells(text: string, key: string): boolean {
  return Array.from({ length: key.length - 7 }, (_each, start) => key.slice(start, start + 8)).some((piece) =>
    text.includes(piece),
  );
}

function cutAt(text: string, places: readonly number[]): readonly string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].toSorted((one, other) => one - other);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe("promise 05: a key is taken out of a text wherever the text is cut", () => {
  it("holds at every place of one and of two cuts", () => {
    const text = `asked with ${KEY}, then ${KEY}${OTHER} and ${KEY.slice(3, 40)}.`;
    const whole = redact([text]);
    assert.equal(whole, "asked with •••, then •••••• and •••.");
    for (let first = 0; first <= text.length; first += 1) {
      for (let second = first; second <= text.length; second += 1) {
        assert.equal(redact([text.slice(0, first), text.slice(first, second), text.slice(second)]), whole);
      }
    }
    assert.equal(redact(text.split("")), whole);
  });

  it("holds for any text around any key, in any pieces", () => {
    const key = fc.oneof(
      fc.constant(KEY),
      fc.string({ minLength: 8, maxLength: 80 }),
      fc.string({ minLength: 8, maxLength: 40, unit: fc.constantFrom("a", "b") }),
    );
    fc.assert(
      fc.property(key, fc.array(fc.string()), fc.array(fc.nat(), { maxLength: 12 }), (secret, around, places) => {
        fc.pre(!secret.includes("•"));
        const text = around.join(secret) + secret;
        const told = redact(cutAt(text, places), [secret]);
        assert.ok(!tells(told, secret), told);
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds for a key of which a part is missing, also where its ends meet", () => {
    fc.assert(
      fc.property(fc.nat(KEY.length), fc.nat(KEY.length), fc.array(fc.nat()), (from, to, places) => {
        const text = `${KEY.slice(from)}${KEY.slice(0, to)} x ${KEY.slice(Math.min(from, to), Math.max(from, to))}`;
        assert.ok(!tells(redact(cutAt(text, places)), KEY));
      }),
    );
  });

  it("leaves every other text as it is, and holds back seven signs at most", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (pieces) => {
        const text = pieces.join("");
        fc.pre(!tells(text, KEY) && !tells(text, OTHER));
        assert.equal(redact(pieces), text);
      }),
    );
    const redactor = new KeyRedactor([KEY]);
    assert.equal(redactor.push("x".repeat(100)).length, 93);
  });

  it("holds for the log, whatever field a key has come into", async () => {
    const editor = openEditorStage();
    const { createLog } = await import("../../src/extension/platform/log.ts");
    const log = createLog();
    log.keepOut(KEY);
    log.info("turn-ended", { model: `model ${KEY}`, provider: KEY.slice(5, 30), code: OTHER });
    log.warn(`setting-invalid ${KEY}`, { setting: "waybill.gateway.url" });
    const error = new Error("hidden");
    error.name = `Error${KEY}`;
    log.error("feature-not-started", error);
    editor.remove();
    const lines = editor.effects.filter(({ kind }) => kind === "log").map(({ what }) => what);
    assert.equal(lines.length, 3);
    for (const line of lines) assert.ok(!tells(line, KEY), line);
    assert.match(lines[0] ?? "", /^turn-ended model=model_••• provider=••• code=another-key-of-a-company-proxy$/);
    assert.match(lines[1] ?? "", /setting=waybill\.gateway\.url/);
  });
});
