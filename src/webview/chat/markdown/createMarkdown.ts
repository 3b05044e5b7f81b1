import MarkdownParser, { type MarkdownIt, type StateCore, type Token } from "markdown-it";
import { isOpenableLink } from "./isOpenableLink.ts";
import { addMathRules } from "./mathRules.ts";
import { addTaskRule } from "./taskRule.ts";

/**
 * Markdown as answers use it, with tables, task lists and math: no HTML, no images, links only to http and https. Headings start at h3, because h1 and h2
 * belong to the panel; answers rarely use the first level, so it shares h3 with the second.
 */
export function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownParser({ html: false, linkify: true });
  // Without a scheme `main.rs` or `notes.md` would be taken for an address.
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  markdown.validateLink = isOpenableLink;
  addMathRules(markdown);
  addTaskRule(markdown);
  markdown.core.ruler.push("adapt_to_panel", adaptToPanel);
  return markdown;
}

function adaptToPanel(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type === "heading_open" || token.type === "heading_close") lowerHeading(token);
    if (token.type === "th_open" || token.type === "td_open") alignByClass(token);
    for (const child of token.children ?? []) {
      if (child.type === "image") showImageAsText(child, state);
    }
  }
}

function lowerHeading(token: Token): void {
  const level = Number(token.tag.slice(1));
  token.tag = `h${Math.min(6, Math.max(3, level + 1))}`;
}

/** The page forbids style attributes, so the alignment of a cell becomes a class. */
function alignByClass(token: Token): void {
  const alignment = /^text-align:(left|center|right)$/u.exec(String(token.attrGet("style") ?? ""))?.[1];
  token.attrs = alignment === undefined ? null : [["class", `align-${alignment}`]];
}

/** An image would be fetched from a server of the author's choice, so its words and address are shown instead. */
function showImageAsText(token: Token, { md, env }: StateCore): void {
  const alternative = md.renderer.renderInlineAsText(token.children ?? [], md.options, env);
  token.type = "text";
  token.content = `${alternative} (image: ${token.attrGet("src") ?? ""})`.trim();
}
