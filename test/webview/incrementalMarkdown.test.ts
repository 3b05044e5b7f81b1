import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createMarkdown } from "../../src/webview/chat/markdown/createMarkdown.ts";
import { IncrementalMarkdown } from "../../src/webview/chat/markdown/incrementalMarkdown.ts";

const markdown = createMarkdown();

/** What the view shows at the end: the closed pieces and the last open one, or the whole when links were defined. */
function renderInPieces(pieces: readonly string[]): string {
  const incremental = new IncrementalMarkdown(markdown);
  let closedHtml = "";
  for (const piece of pieces) closedHtml += incremental.push(piece).closedHtml;
  const last = incremental.finish();
  return last === undefined ? markdown.render(pieces.join("")) : closedHtml + last.closedHtml + last.openHtml;
}

function cut(text: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let rest = text;
  for (const length of lengths) {
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...pieces, rest];
}

function check(text: string): void {
  const whole = markdown.render(text);
  assert.equal(renderInPieces(text.split("")), whole, `character by character: ${JSON.stringify(text)}`);
  assert.equal(renderInPieces(text.split(/(?<=\n)/u)), whole, `line by line: ${JSON.stringify(text)}`);
}

const fragments = [
  "word",
  "two words",
  "*",
  "**",
  "_",
  "`",
  "```",
  "```ts",
  "~~~",
  "#",
  "## ",
  "> ",
  ">",
  "- ",
  "* ",
  "+",
  "1. ",
  "2) ",
  "1",
  "\n",
  "\n\n",
  "\n\n\n",
  "\r\n",
  "\r",
  "  ",
  "    ",
  "\t",
  "---",
  "===",
  "***",
  "| a | b |",
  "|---|:-:|",
  "|",
  "-",
  "=",
  "[foo]",
  "[foo]: https://a.example",
  "[foo]:",
  "[a](https://b.example)",
  "![x](https://c.example/i.png)",
  "'title'",
  "https://d.example/x",
  "<b>",
  "<!--",
  "&amp;",
  "\\",
  "\\\n",
  "  \n",
  "#foo",
  "é",
  "مرحبا",
  "🙂",
  ":",
  "]:",
  "\u0000",
  "$",
  "$$",
  "$$\n",
  "$x_1$",
  "$5",
  "\\(",
  "\\)",
  "\\[",
  "\\]",
  "\n\\[\n",
  "- [ ] ",
  "- [x] done",
  "[ ]",
  "[^1]",
  "[^1]: note",
];
const markdownish = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.constant("\n"), fc.string({ maxLength: 4 })), { maxLength: 40 })
  .map((parts) => parts.join(""));

/** One of everything that answers are made of; each is put beside each, so that every border is met. */
const constructs = [
  "words *and* `code` $x_1$",
  "# heading",
  "setext\n---",
  "---",
  "- item\n- [ ] open\n- [x] done",
  "1. first\n\n   second part\n2. [X] two",
  "> quote\nlazy",
  "> $$\n> a_b\n> $$",
  "```ts\nconst a = `$${b}$`;\n```",
  "~~~\nnever closed",
  "    indented",
  "| a | b |\n|---|:-:|\n| $x|y$ | \\$3 |",
  "$$\na_1 = b\n- c\n===\n$$",
  "$$\nnever closed",
  "$$E = mc^2$$",
  "$$\\begin{aligned}\nx &= 1\n\\end{aligned}$$",
  "\\[\n\\frac{1}{2}\n\\]",
  "\\(a_b\\) and \\[c\\] for $5 or $10",
  "- $$\n  a\n  $$\n- b",
  "[foo] and [x]",
  "[foo]: https://a.example",
  "see src/a.ts:12 and `src/b.ts`",
];

/** What models write, and what is hard to cut. */
const awkward = [
  "",
  "$",
  "$$",
  "$$$",
  "$$$$",
  "$$\n$$",
  "$$\n\n$$",
  "$$\n\na\n$$\nb\n",
  "text\n$$\na\n\nb\n$$\nc",
  "text\n$$a$$ more\n$$b$$\nend",
  "$$a\n\nb$$",
  "$$ is the process\nand $$ again",
  "$a\nb$ and $c\n\nd$",
  "\\[",
  "\\[\n",
  "\\[ a \\] b",
  "\\[a\\]",
  "\\(",
  "\\(a\n\nb\\)",
  "\\\\(a\\\\)",
  "`$` $x$ `$`",
  "*$a*b$*",
  "[$a](https://b.example)$",
  "> \\[\n> a\nb\n> \\]\n",
  "1. $$\na\n$$",
  "- [ ]",
  "- [ ] ",
  "- [x]\ttab",
  "- [ ]\n  next line",
  "- [x](https://a.example) link",
  "[x]: https://a.example\n\n- [x] no longer a task",
  "- [x] a task\n\n[x]: https://a.example",
  "1) [ ] a\n2) [x] b",
  "* [ ] a\n\n* [x] b\n\n  c",
  "- [ ] a\n  - [x] b\n    - [ ] c\n- d",
  "> - [x] quoted",
  "| [ ] | [x] |\n|-|-|\n| $ | $ |",
  "[^1] note\n\n[^1]: https://a.example\n",
  "[^1]: The source says so.\n    More of it.",
  "```\n$$\n```\n$$\n```\n$$\n",
  "    $$\n    a\n$$\nb",
  "$5\r\n$$\r\na\r\n$$\r\n",
  "$\u0000$ $\u{1f642}$ $é_ü$",
];

describe("markdown rendered while it streams", () => {
  it(`equals the whole text for ${awkward.length + 2 * constructs.length ** 2} awkward snippets`, () => {
    const borders = constructs.flatMap((first) =>
      constructs.flatMap((second) => [`${first}\n${second}\n`, `${first}\n\n${second}`]),
    );
    for (const text of [...awkward, ...borders]) check(text);
  }).timeout(20_000);

  it("equals the whole text rendered once, however the text is cut", () => {
    fc.assert(
      fc.property(markdownish, fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (text, lengths) => {
        assert.equal(renderInPieces(cut(text, lengths)), markdown.render(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("equals the whole text for constructs that cross block borders", () => {
    const texts = [
      "para\n#\nfoo",
      "para\n#foo\n",
      "para\n- \n- a",
      "title\n-\n- a\n",
      "- a\n\n  b\n\nc\n",
      "- a\n\n- b\n\n\n- c\n\npara",
      "1. a\n   ```js\n   x\n   ```\n2. b\n",
      "> a\nlazy\n\n> b\n",
      "para\n| a | b |\n|---|---|\n| 1 | 2 |\n\nend",
      "```\ncode\n\n\nmore\n```\nafter",
      "~~~\nnever closed\n\n# not a heading",
      "    code\n\n    more\n\npara",
      "[foo] before\n\n[foo]: https://a.example\n",
      "[foo]: https://a.example\n\nthen [foo] and [bar]\n\n[bar]:\nhttps://b.example\n'title'",
      "a\r\nb\r\n\r\nc\rd\r",
    ];
    for (const text of texts) check(text);
  });

  it("looks only at the open block again", () => {
    const incremental = new IncrementalMarkdown(markdown);
    assert.equal(incremental.push("first\n\nsecond\nthird\n\nfour").closedHtml, "<p>first</p>\n");
    const step = incremental.push("th\n");
    assert.equal(step.closedHtml, "<p>second\nthird</p>\n");
    assert.equal(step.openHtml, "<p>fourth</p>\n");
  });

  it("names an open fence, so that its text can be extended in place", () => {
    const incremental = new IncrementalMarkdown(markdown);
    assert.equal(incremental.push("text\n\n").openFence, undefined);
    assert.deepEqual(incremental.push("```ts\nconst a").openFence, { info: "ts", content: "const a" });
    assert.deepEqual(incremental.push(" = 1;\n").openFence, { info: "ts", content: "const a = 1;\n" });
  });
});
