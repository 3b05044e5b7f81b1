import { languageOf } from "./codeBlocks.ts";
import { sanitise } from "./sanitise.ts";

/** Colouring is done in one go, so a block of more characters than this stays plain rather than make the view stutter. */
const longestHighlighted = 60_000;

/** Colours the finished code blocks among the nodes. The highlighter is loaded when the first one is met. */
export async function highlightBlocks(nodes: readonly Node[]): Promise<void> {
  const blocks = nodes
    .filter((node) => node instanceof Element)
    .flatMap((element) => Array.from(element.querySelectorAll("pre > code[class*='language-']")));
  if (blocks.length === 0) return;
  const { highlightCode } = await import("./highlightCode.ts");
  for (const code of blocks) {
    const text = code.textContent;
    if (text.length > longestHighlighted) continue;
    const html = highlightCode(text, languageOf(code) ?? "");
    if (html !== undefined) code.replaceChildren(sanitise(html));
  }
}
