import assert from "node:assert/strict";
import { commitVerdict } from "../../../src/core/commit/commitVerdict.ts";

describe("the verdict on a suggested commit message", () => {
  const check = (name: string, [suggested, committed, verdict]: readonly [string, string, string]) =>
    it(`is ${verdict} for ${name}`, () => assert.equal(commitVerdict(suggested, committed), verdict));

  check("the same", ["Add a page", "Add a page\n", "accepted"]);
  check("other line breaks", ["Add a page\n\nIt was missing\nhere.", "Add a page\n\nIt was missing here.", "accepted"]);
  check("a trailer more", ["Add a page", "Add a page\n\nSigned-off-by: A <a@b>", "accepted"]);
  check("a word less", ["Add a new page", "Add a page", "partly-accepted"]);
  check("a body more", ["Add a page", "Add a page\n\nIt lists all.", "partly-accepted"]);
  check("another", ["Add a page", "Fix rounding", "rejected"]);
  check("a few signs more", ["修复登录页面", "修复登录页面的错误", "partly-accepted"]);
  check("another in Chinese", ["修复登录页面", "更新文档", "rejected"]);
  check("nothing", ["", "Fix", "rejected"]);
});
