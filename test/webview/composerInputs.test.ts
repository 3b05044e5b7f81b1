import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_DROPPED_FILES, MAX_IMAGE_BYTES } from "../../src/protocol/composerMessages.ts";
import { joinTexts } from "../../src/webview/chat/composer/joinTexts.ts";
import { carriesFiles, readDroppedUris } from "../../src/webview/chat/composer/readDrop.ts";
import { imageProblem } from "../../src/webview/chat/composer/readImage.ts";
import { type HistoryPlace, walkHistory } from "../../src/webview/chat/composer/walkHistory.ts";

describe("the walk through the questions of before", () => {
  const history = ["first", "second", "third"];
  const empty: HistoryPlace = { text: "", index: undefined };
  const walk = (...steps: readonly (1 | -1)[]): string =>
    steps.reduce((place, step) => walkHistory(history, place, step) ?? place, empty).text;

  it("goes from the last question to the first and back into the empty field", () => {
    assert.equal(walk(-1), "third");
    assert.equal(walk(-1, -1, -1, -1), "first");
    assert.equal(walk(-1, -1, 1), "third");
    assert.equal(walk(-1, 1), "");
    assert.equal(walk(1), "");
  });

  it("leaves the arrow to the caret in a text of the person's own, also in a changed question", () => {
    assert.equal(walkHistory(history, { text: "mine", index: undefined }, -1), undefined);
    assert.equal(walkHistory(history, { text: "third!", index: 2 }, -1), undefined);
    assert.equal(walkHistory([], empty, -1), undefined);
  });

  it("never loses its place", () => {
    const steps = fc.array(fc.constantFrom(1 as const, -1 as const));
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), steps, (questions, walked) => {
        let place = empty;
        for (const step of walked) place = walkHistory(questions, place, step) ?? place;
        assert.equal(place.text, place.index === undefined ? "" : questions[place.index]);
      }),
    );
  });
});

describe("a drop", () => {
  const data = (lists: Readonly<Record<string, string>>) => ({
    types: Object.keys(lists),
    getData: (type: string) => lists[type] ?? "",
  });

  it("is taken for files that are dragged, and not for marked text", () => {
    assert.ok(carriesFiles({ types: ["text/plain", "application/vnd.code.uri-list"] }));
    assert.ok(carriesFiles({ types: ["text/uri-list"] }));
    assert.ok(carriesFiles({ types: ["Files"] }));
    assert.ok(!carriesFiles({ types: ["text/plain", "text/html"] }));
  });

  it("names each file once, the editor's list before that of other programs", () => {
    const list = "# from the explorer\r\nfile:///a.ts\r\nfile:///b%20c.ts\n\nfile:///a.ts\r\n";
    const both = data({ "text/uri-list": "file:///other", "application/vnd.code.uri-list": list });
    assert.deepEqual(readDroppedUris(both), { uris: ["file:///a.ts", "file:///b%20c.ts"], leftOut: 0 });
    const other = data({ "text/uri-list": "file:///other", "application/vnd.code.uri-list": " " });
    assert.deepEqual(readDroppedUris(other).uris, ["file:///other"]);
    assert.deepEqual(readDroppedUris(data({ Files: "" })).uris, []);
  });

  it("of very many files brings the first of them, and says how many it left out", () => {
    const many = Array.from({ length: MAX_DROPPED_FILES + 3 }, (_, index) => `file:///${index}`).join("\n");
    const { uris, leftOut } = readDroppedUris(data({ "text/uri-list": many }));
    assert.deepEqual([uris.length, leftOut], [MAX_DROPPED_FILES, 3]);
  });
});

it("a file of another program whose place is not known is named with the way to attach it", () => {
  assert.match(
    imageProblem({ name: "a.txt", type: "text/plain", size: 1 }) ?? "",
    /^a\.txt was given without its place/,
  );
});

describe("a pasted image", () => {
  const problemOf = (type: string, size: number) => imageProblem({ name: "a", type, size });

  it("is attached up to the limit", () => {
    assert.equal(problemOf("image/png", MAX_IMAGE_BYTES), undefined);
    assert.match(problemOf("image/png", MAX_IMAGE_BYTES + 1) ?? "", /^a is larger than 4 MB.*nothing was sent/);
  });

  it("of another kind is not", () => {
    assert.match(problemOf("image/svg+xml", 1) ?? "", /^a is not a PNG/);
    assert.match(imageProblem({ name: "", type: "image/tiff", size: 1 }) ?? "", /^The image is not/);
  });
});

it("two texts are joined without losing a word, and an empty one adds nothing", () => {
  assert.deepEqual([joinTexts("a", "b"), joinTexts(undefined, "b"), joinTexts("a", " ")], ["a\n\nb", "b", "a"]);
});
