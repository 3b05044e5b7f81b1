import assert from "node:assert/strict";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import type { FolderFinding } from "../../../src/core/trust/folderFinding.ts";
import { foreignBlock, nameHiddenSigns } from "../../../src/core/trust/foreignText.ts";
import { presentFolders } from "../../../src/core/trust/presentFolder.ts";

/** As VS Code's preview reads a page. */
const markdown = new MarkdownIt({ html: true, linkify: true });

const EMPTY: FolderFinding = {
  ...{ name: "project", settings: [], instructions: [], ignoreFiles: [], controlFiles: [], linksOut: [], unread: [] },
  isCutShort: false,
};

const page = (finding: Partial<FolderFinding>, open: { isTrusted?: boolean; sendsInstructions?: boolean } = {}) =>
  presentFolders({ folders: [{ ...EMPTY, ...finding }], isTrusted: false, sendsInstructions: true, ...open });

/** Everything a folder can write, made of one text. */
const allOf = (text: string): Partial<FolderFinding> => ({
  name: text,
  settings: [
    {
      ...{ name: text, others: 1, isBroken: true, tasksOnOpen: [text] },
      settings: [{ name: text, written: text, verdict: "refused", why: text }],
    },
  ],
  instructions: [{ name: text, text, signs: [] }],
  ignoreFiles: [{ name: text, rules: 1 }],
  controlFiles: [{ name: text, kind: "editor" }],
  linksOut: [text],
  unread: [{ name: text, problem: text }],
});

/** The blocks of the page, with what a stranger wrote in a fence left out. */
const skeleton = (text: string) =>
  markdown
    .parse(text, {})
    .filter(({ type }) => type !== "inline" && type !== "fence")
    .map(({ type }) => type);

describe("the page that tells what a folder changes", () => {
  const HOSTILE = [
    "![x](https://evil.example/a.png)",
    "[run](command:workbench.action.terminal.new)",
    "<img src=https://evil.example/a.png onerror=alert(1)>",
    "<https://evil.example>",
    "https://evil.example/?q=1",
    "www.evil.example",
    "me@evil.example",
    "[x]: https://evil.example\n[x]",
    "``` \n# free\n```",
    "~~~\n# free\n~~~\n",
    "a | b | c\n---|---|---\n",
    "\n\n# free\n\n- one\n",
    "\r# free\r",
    "\u2028# free\u2028",
    "&lt;img&gt; &#x5b;x&#x5d;(command:y)",
    "$x$ `a` ``b`` ```c```",
    "\\\\[x](y)",
  ];

  for (const text of HOSTILE) {
    it(`shows ${JSON.stringify(text)} as it is written`, () => {
      const html = markdown.render(page(allOf(text)));
      assert.doesNotMatch(html, /<(?:a|img|script|iframe|svg|style|input)\b/iu);
      assert.deepEqual(skeleton(page(allOf(text))), skeleton(page(allOf("plain"))));
    });
  }

  it("lets no text out of its place, whatever it is", () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE, "`", "~", "\n", "|", "<", "[", "]", "(", ")", "!"), fc.string());
    const expected = skeleton(page(allOf("plain")));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const shown = page(allOf(`x${pieces.join("")}`));
        assert.doesNotMatch(markdown.render(shown), /<(?:a|img|script|iframe|svg|style|input)\b/iu);
        assert.deepEqual(skeleton(shown), expected);
      }),
    );
  });

  it("names signs that nobody sees, also in instructions", () => {
    const shown = page({
      instructions: [{ name: "AGENTS.md", text: "be\u200Bhave\u{E0041}", signs: [{ line: 1, sign: "U+200B" }] }],
    });
    assert.match(shown, /signs that cannot be seen:\*\* U\+200B in line 1\./u);
    assert.match(shown, /be‹U\+200B›have‹U\+E0041›/u);
  });

  it("says what is so now, and what trust changes", () => {
    const instructions = [{ name: "AGENTS.md", text: "be kind", signs: [] }];
    assert.match(page({ instructions }), /not trusted.*Neither sent nor read for a question now\. Once you trust/su);
    assert.match(page({ instructions }, { isTrusted: true }), /is trusted.*They go along with your questions/su);
    assert.match(page({ instructions }, { sendsInstructions: false }), /Not sent, trusted or not/u);
  });

  it("says so where there is nothing, or no folder", () => {
    assert.match(page({}), /It brings nothing that changes what Waybill does\./u);
    const none = presentFolders({ folders: [], isTrusted: true, sendsInstructions: true });
    assert.match(none, /No folder is open/u);
  });

  it("stays short, however much there is", () => {
    const many = Array.from({ length: 5000 }, (_item, index) => `file-${index}`);
    const long = "x".repeat(1_000_000);
    const shown = page({
      linksOut: many,
      controlFiles: many.map((name) => ({ name, kind: "git" })),
      ignoreFiles: many.map((name) => ({ name, rules: 1 })),
      unread: many.map((name) => ({ name, problem: "is no text" })),
      instructions: [{ name: "AGENTS.md", text: `${long}\n${"line\n".repeat(50_000)}`, signs: [] }],
      settings: [
        {
          ...{ name: "s", others: 0, isBroken: false, tasksOnOpen: many },
          settings: many.map((name) => ({ name, written: long, verdict: "refused", why: "no" })),
        },
      ],
    });
    assert.ok(shown.length < 60_000, String(shown.length));
    assert.match(shown, /and 4960 more/u);
    assert.match(shown, /more lines/u);
  });
});

describe("a stranger's text in a fence", () => {
  it("cannot close it, whatever fences it has", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "```", "\n", "~~~", " ", "a"), { maxLength: 40 }), (pieces) => {
        const tokens = markdown.parse(foreignBlock(pieces.join("")), {});
        assert.deepEqual(
          tokens.map(({ type }) => type),
          ["fence"],
        );
      }),
    );
  });
});

describe("a text with its hidden signs named", () => {
  const check = (text: string, expected: string) => assert.equal(nameHiddenSigns(text), expected);

  it("shows them where they stand, and leaves line ends alone", () => {
    check("a\u200Bb\r\nc\u{E0041}\u202Ed\n", "a‹U+200B›b\r\nc‹U+E0041›‹U+202E›d\n");
    check("one\u0007\ttwo", "one‹U+0007›\ttwo");
  });

  it("leaves emoji, flags and joiners of scripts as they are", () => {
    for (const text of ["👩‍👩‍👧 ❤️", "🏴\u{E0067}\u{E0062}\u{E007F}", "🇩🇪", "می‌خواهم", "क्‍ष"]) check(text, text);
  });
});
