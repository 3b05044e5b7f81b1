import assert from "node:assert/strict";
import { buildCommitMessages } from "../../../src/core/commit/buildCommitMessages.ts";
import { readCommitStyle } from "../../../src/core/commit/commitStyle.ts";

describe("the request for a commit message", () => {
  const asked = (history: readonly string[], hint = "", diff = "+a\n```\n") => {
    const request = { style: readCommitStyle(history), diff, notShown: ["go.sum (lock file)"], hint };
    return buildCommitMessages(request).at(-1)?.content ?? "";
  };

  it("tells of the repository's style", () => {
    const text = asked(["feat(api): hinzufügen der Route", "fix(api): Fehler beim Lesen behoben"]);
    for (const part of [/Types used here: feat, fix/, /Scopes used here: api/, /Write in German/, /No body/]) {
      assert.match(text, part);
    }
    assert.match(asked(["Add a page\n\nIt was missing."]), /an empty line and a short body/);
    assert.match(asked([]), /only where the subject does not say enough/);
  });

  it("carries the diff in a block that it cannot close, the names of what is not shown, and what the author typed", () => {
    const text = asked([], " about the tax ");
    assert.match(text, /````diff\n\+a\n```\n\n````$/);
    assert.match(text, /not whole:\ngo\.sum \(lock file\)/);
    assert.match(text, /keep what it says:\nabout the tax\n/);
    assert.doesNotMatch(asked([]), /keep what it says/);
  });

  it("asks for something in every style", () => {
    const histories = [["✨ Add"], ["ABC-1 Add"], ["core: add"], ["Add"], ["feat: add"]];
    const asks = histories.map((history) => asked(history).split("\n")[1]);
    assert.equal(new Set(asks).size, histories.length);
  });
});
