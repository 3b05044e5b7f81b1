import assert from "node:assert/strict";
import { rankMentions } from "../../src/extension/features/chat/mentions/rankMentions.ts";

const file = (path: string) => {
  const cut = path.lastIndexOf("/");
  return { id: path, kind: "file", label: path.slice(cut + 1), detail: path.slice(0, Math.max(0, cut)) } as const;
};
const FILES = ["src/invoice.ts", "src/dates.ts", "test/invoice.test.ts", "docs/readme.md", "package.json"].map(file);
const DIFF = { id: "diff:", kind: "diff", label: "Uncommitted changes", detail: "git diff" } as const;

describe("what is offered for a mention", () => {
  const check = (query: string, expected: readonly string[]) =>
    assert.deepEqual(
      rankMentions([DIFF, ...FILES], query).map(({ id }) => id),
      expected,
    );

  it("has the name that was typed first", () => check("invoice", ["src/invoice.ts", "test/invoice.test.ts"]));
  it("is found by its folder, too", () => check("src/da", ["src/dates.ts"]));
  it("is found by what it is called elsewhere", () => check("git diff", ["diff:"]));
  it("is nothing where nothing is alike", () => check("qqqq", []));
  it("is the first of all for an empty query, and never more than 20", () => {
    const many = Array.from({ length: 100 }, (_none, place) => file(`a/file${place}.ts`));
    assert.deepEqual(rankMentions(many, " "), many.slice(0, 20));
    assert.equal(rankMentions(many, "file").length, 20);
  });
});
