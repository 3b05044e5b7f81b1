import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AnswerSource,
  MOST_SOURCES,
  isSourceAddress,
  sourcesMarkdown,
  withSource,
} from "../../../src/core/conversation/answerSources.ts";

const listOf = (...sources: readonly AnswerSource[]) => sources.reduce<readonly AnswerSource[]>(withSource, []);

describe("the sources of an answer", () => {
  it("are web addresses in ASCII without a user name, and nothing else", () => {
    const check = (url: string, isTaken: boolean) => assert.equal(isSourceAddress(url), isTaken, url);
    check("https://example.com/a?b=c#d", true);
    check("http://127.0.0.1:8080/", true);
    check("http://[::1]/", true);
    check("https://xn--bcher-kva.example/%E4%B8%AD", true);
    for (const url of [
      "javascript:alert(1)",
      "JAVASCRIPT://example.com/%0Aalert(1)",
      "data:text/html,<script>",
      "vscode://file/etc/passwd",
      "command:workbench.action.quit",
      "file:///etc/passwd",
      "//example.com/",
      "https://example.com",
      "https://bank.example@evil.example/",
      "https://a:b@evil.example/",
      "https://bücher.example/",
      "https://example.com/\u202Egpj.exe",
      "https://example.com/a b",
      "https://example.com\\@evil.example/",
      "",
    ]) {
      check(url, false);
    }
  });

  it("are each kept once, and no more of them than a person reads", () => {
    const many = Array.from({ length: 10_000 }, (_each, place) => ({
      url: `https://example.com/${place % 200}`,
      title: "t",
    }));
    const kept = listOf(...many);
    assert.equal(kept.length, MOST_SOURCES);
    assert.equal(new Set(kept.map(({ url }) => url)).size, MOST_SOURCES);
    assert.equal(withSource(kept, { url: "https://other.example/", title: "" }), kept);
  });

  it("have titles of one short line without signs that turn it round, whatever was sent", () => {
    const title = "  Safe\u202Efdp\u2066\n\u0007 x  ";
    assert.deepEqual(listOf({ url: "https://e.example/", title }), [
      { url: "https://e.example/", title: "Safe fdp x" },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 900 }), (sent) => {
        const [kept] = listOf({ url: "https://e.example/", title: sent });
        assert.ok(kept !== undefined && kept.title.length <= 160 && kept.title.isWellFormed());
        assert.doesNotMatch(kept.title, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it("stand below a copied answer as links in which nothing is markup", () => {
    const sources = listOf(
      { url: "https://a.example/x(y)<z>", title: "](javascript:alert) <b>" },
      { url: "https://b.example/", title: "" },
    );
    assert.equal(
      sourcesMarkdown(sources),
      "Sources:\n\n1. [\\]\\(javascript\\:alert\\) \\<b\\>](<https://a.example/x(y)%3Cz%3E>)\n2. <https://b.example/>",
    );
  });
});
