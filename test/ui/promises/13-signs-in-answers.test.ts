import assert from "node:assert/strict";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { HIDDEN_TEXTS, PROPER_TEXTS } from "../../core/text/signCorpora.ts";
import { launchBrowser } from "../../setup/browser.ts";

/** What of an answer is in the page once it is whole. */
interface Rendered {
  readonly html: string;
  readonly text: string;
  readonly marks: readonly string[];
}

/** Renders an answer piece by piece, and says of the first block whether it was touched after it was whole. */
const PAGE_SCRIPT = `
  import { MarkdownView } from "./src/webview/chat/markdown/markdownView.ts";
  globalThis.renderAnswer = async (pieces) => {
    const container = document.createElement("div");
    document.body.replaceChildren(container);
    const nothing = () => undefined;
    const actions = { openLink: nothing, openPath: nothing, openSymbol: nothing, findNames: nothing };
    const view = new MarkdownView(container, { ...actions, useCode: ({ code }) => (globalThis.taken = code) });
    let text = "";
    for (const piece of pieces) view.show((text += piece), false);
    view.show(text, true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const marks = [...container.querySelectorAll(".hidden-sign")].map(({ dataset }) => dataset.sign);
    return { html: container.innerHTML, text: container.textContent, marks };
  };`;

describe("promise 13: signs in an answer that cannot be seen", function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;

  before(async () => {
    const { outputFiles } = await build({
      stdin: { contents: PAGE_SCRIPT, resolveDir: process.cwd(), loader: "ts" },
      bundle: true,
      format: "iife",
      write: false,
      logLevel: "warning",
    });
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.setContent("<!doctype html><body></body>");
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  });

  after(() => browser.close());

  function render(pieces: readonly string[]): Promise<Rendered> {
    return page.evaluate<Rendered>(`renderAnswer(${JSON.stringify(pieces)})`);
  }

  it("have a mark each, in words, in code and in coloured code, and stay in the text that is taken along", async () => {
    // Markdown itself drops or replaces control signs and a mark at the very beginning.
    const texts = HIDDEN_TEXTS.filter(([text]) => !/[\p{Cc}\uFEFF]/u.test(text));
    assert.ok(texts.length >= 8);
    for (const [text, signs] of texts) {
      for (const answer of [
        `So: ${text} it is.`,
        `- \`${text}\``,
        `\`\`\`\n${text}\n\`\`\``,
        `\`\`\`ts\n${text}\n\`\`\``,
      ]) {
        const { marks, text: shown } = await render([answer]);
        assert.deepEqual(marks, signs, answer);
        assert.ok(shown.includes(text), JSON.stringify(shown));
      }
    }
  });

  it("leave emoji and scripts that need them without any mark", async () => {
    for (const texts of Object.values(PROPER_TEXTS)) {
      const { marks } = await render([`${texts.join(" ")}\n\n\`\`\`ts\n// ${texts.join(" ")}\n\`\`\``]);
      assert.deepEqual(marks, []);
    }
  });

  it("are marked the same whether the answer comes letter by letter or at once", async () => {
    const [first = "", ...others] = HIDDEN_TEXTS.map(([text]) => text);
    const answer = `# ${first}\n\n${others.join(" | ")}\n\n\`\`\`ts\n${others.join("\n")}\n\`\`\`\n\n| a | b |\n|-|-|\n| \u200B | x |\n\n> end\u202E`;
    const once = await render([answer]);
    assert.ok(once.marks.length > 10);
    assert.equal((await render(answer.split(""))).html, once.html);
    assert.equal((await render(answer.split(/(?<=\n)/u))).html, once.html);
  });

  it("are named by the button that copies them, and only then", async () => {
    const copied = async (code: string): Promise<readonly unknown[]> => {
      await render([`\`\`\`ts\n${code}\n\`\`\``]);
      return page.evaluate<readonly unknown[]>(`(() => {
        const button = document.querySelector("button[data-action=copy]");
        button.click();
        return [globalThis.taken, button.ariaLabel];
      })()`);
    };
    assert.deepEqual(await copied("a = 1;"), ["a = 1;\n", "Copied"]);
    assert.deepEqual(await copied("a\u200B = 1;"), ["a\u200B = 1;\n", "Copied with 1 hidden sign"]);
    assert.deepEqual(await copied("a\u200B = \u202E1;"), ["a\u200B = \u202E1;\n", "Copied with 2 hidden signs"]);
  });
});
