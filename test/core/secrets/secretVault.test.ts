import assert from "node:assert/strict";
import fc from "fast-check";
import { SecretVault } from "../../../src/core/secrets/secretVault.ts";
import { HARMLESS_TEXTS, SECRET_SAMPLES } from "./secretSamples.ts";

const KEY = "sk-or-v1-0123456789abcdef0123456789abcdef";
const OTHER = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

function newVault(): SecretVault {
  return new SecretVault("t3st");
}

/** Everything a reader gives for pieces, joined. */
function readAll(vault: SecretVault, pieces: readonly string[], placeholders: readonly string[]): string {
  const reader = vault.reader(placeholders);
  return pieces.map((piece) => reader.push(piece)).join("") + reader.end();
}

describe("secrets that leave", () => {
  it("are placeholders, the same for the same secret and another for another", () => {
    const vault = newVault();
    assert.equal(
      vault.mask(`a ${KEY} b ${OTHER} c ${KEY}`).text,
      "a [[secret-t3st-1]] b [[secret-t3st-2]] c [[secret-t3st-1]]",
    );
    assert.equal(vault.mask(`key: ${OTHER}`).text, "key: [[secret-t3st-2]]");
  });

  it("come back as they were, whatever the text", () => {
    const pieces = fc.constantFrom(
      ...SECRET_SAMPLES.map(({ text }) => text),
      ...HARMLESS_TEXTS,
      "[",
      "[[",
      "]]",
      "[[secret-1]]",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 6 }), (parts) => {
        const vault = newVault();
        const text = parts.join("\n");
        const { text: masked, placeholders } = vault.mask(text);
        assert.equal(vault.reader(placeholders).whole(masked), text);
        assert.equal(vault.mask(masked).text, masked, "masked once more it stays the same");
      }),
    );
  });

  it("come back wherever the answer is cut", () => {
    const vault = newVault();
    const { placeholders } = vault.mask(`${KEY} ${OTHER}`);
    const answer = `Use [[secret-t3st-1]][[secret-t3st-2]], not [[secret]] or [[a [[[secret-t3st-2]]] at [[secret-t3`;
    const whole = `Use ${KEY}${OTHER}, not [[secret]] or [[a [${OTHER}] at [[secret-t3`;
    assert.equal(readAll(vault, answer.split(""), placeholders), whole);
    for (let first = 0; first < answer.length; first += 1) {
      for (let second = first; second < answer.length; second += 1) {
        const pieces = [answer.slice(0, first), answer.slice(first, second), answer.slice(second)];
        assert.equal(readAll(vault, pieces, placeholders), whole);
      }
    }
  });

  it("are held back no longer than a placeholder could be", () => {
    const vault = newVault();
    const reader = vault.reader(vault.mask(KEY).placeholders);
    assert.equal(reader.push("the sign [["), "the sign ");
    assert.equal(reader.push("x".repeat(50)), `[[${"x".repeat(50)}`);
    assert.equal(reader.push("a[0]"), "a[0]");
  });

  it("are not put back for placeholders that stood in a text before, or that this request did not hold", () => {
    const vault = newVault();
    vault.mask(`another chat: ${OTHER}`);
    const { text, placeholders } = vault.mask(`${KEY} and [[secret-1]] and [[secret-old1-1]]`);
    assert.equal(text, "[[secret-t3st-2]] and [[secret-1]] and [[secret-old1-1]]");
    const answer = `${text} and [[secret-t3st-1]] and [[secret-t3st-9]]`;
    const told = `${KEY} and [[secret-1]] and [[secret-old1-1]] and [[secret-t3st-1]] and [[secret-t3st-9]]`;
    assert.equal(readAll(vault, [answer], placeholders), told);
  });

  it("are known again without their name, where they are no words", () => {
    const vault = newVault();
    vault.mask("DB_PASSWORD=hunter2x9\nADMIN_PASSWORD=letmein");
    assert.equal(vault.mask("log in as hunter2x9, letmein").text, "log in as [[secret-t3st-1]], letmein");
    const before = vault.mask("it says Xy7pQ2mZ4kL9");
    assert.equal(before.text, "it says Xy7pQ2mZ4kL9");
    vault.mask('token: "Xy7pQ2mZ4kL9"');
    assert.equal(vault.mask("it says Xy7pQ2mZ4kL9").text, "it says [[secret-t3st-3]]");
  });
});
