import assert from "node:assert/strict";
import fc from "fast-check";
import { guessWord } from "../../../src/core/tasks/guessWord.ts";
import { indexPhrases } from "../../../src/core/tasks/phraseIndex.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Every word that typing this one wrongly may lead to, as far as it is guessed back. */
function mistyped(word: string): readonly string[] {
  return Array.from({ length: word.length - 2 }, (_value, index) => index + 1).flatMap((at) => [
    word.slice(0, at) + word.slice(at + 1),
    ...[word[at] ?? "", ...LETTERS.split("")].map((letter) => word.slice(0, at) + letter + word.slice(at)),
    word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2),
  ]);
}

describe("a mistyped word", () => {
  const index = indexPhrases({ repair: "function, refactor", explain: "explain", filler: "please" });
  const guess = (word: string) => guessWord(index, word)?.shown;

  it("is known by a letter too few, one too many, or two exchanged, also the last two", () => {
    assert.equal(guess("fuction"), undefined);
    assert.equal(guess("functon"), "function");
    assert.equal(guess("refacctor"), "refactor");
    assert.equal(guess("exlpain"), "explain");
    assert.equal(guess("functino"), "function");
    assert.equal(guess("plaese"), undefined);
  });

  it("is guessed from every letter that is too many and every exchange, and never where it is right", () => {
    for (const word of ["function", "refactor", "explain"]) {
      const tooMany = mistyped(word).filter((other) => other.length > word.length);
      const exchanged = mistyped(word).filter((other) => other.length === word.length && other !== word);
      assert.deepEqual(new Set([...tooMany, ...exchanged].map(guess)), new Set([word]));
    }
  });

  it("is never taken for a word that is further away", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[efr][a-z]{3,9}[nr]$/), (word) => {
        const found = guess(word);
        assert.ok(found === undefined || mistyped(found).includes(word), `${word}: ${found}`);
      }),
    );
  });
});
