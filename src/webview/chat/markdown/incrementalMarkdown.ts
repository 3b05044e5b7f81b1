import type { Env, MarkdownIt, Token } from "markdown-it";
import { BlockSplitter, type Split } from "./blockSplitter.ts";

/**
 * One step of rendering. `closedHtml` is appended for good; what was open before is replaced by `openHtml`.
 * `openFence` is set when the open part is nothing but one fenced block, so that its text can simply be extended.
 */
export interface MarkdownStep {
  readonly closedHtml: string;
  readonly openHtml: string;
  readonly openFence: { readonly info: string; readonly content: string } | undefined;
}

/** Renders a growing text so that the pieces together equal the whole text rendered once. */
export class IncrementalMarkdown {
  readonly #markdown: MarkdownIt;
  readonly #splitter: BlockSplitter;
  /** Link definitions of the closed blocks; later blocks may use them. */
  readonly #closedEnv: Env & { references: NonNullable<Env["references"]> } = { references: {} };
  #open = "";

  constructor(markdown: MarkdownIt) {
    this.#markdown = markdown;
    this.#splitter = new BlockSplitter(markdown);
  }

  push(piece: string): MarkdownStep {
    return this.#render(this.#splitter.push(piece));
  }

  /**
   * The last step of a complete text; `undefined` when the text has to be rendered once more as a whole. That is so when
   * it defines a link anywhere: the definition can change blocks before it, which are closed already.
   */
  finish(): MarkdownStep | undefined {
    const step = this.#render(this.#splitter.end());
    const env = this.#openEnv();
    this.#markdown.block.parse(this.#open, this.#markdown, env, []);
    return Object.keys(env.references).length > 0 ? undefined : step;
  }

  #render({ closed, open }: Split): MarkdownStep {
    this.#open = open;
    const closedHtml = closed === "" ? "" : this.#markdown.render(closed, this.#closedEnv);
    const env = this.#openEnv();
    const tokens = this.#markdown.parse(open, env);
    const openHtml = this.#markdown.renderer.render(tokens, this.#markdown.options, env);
    return { closedHtml, openHtml, openFence: fenceOf(tokens) };
  }

  #openEnv(): { references: NonNullable<Env["references"]> } {
    return { references: { ...this.#closedEnv.references } };
  }
}

function fenceOf(tokens: readonly Token[]): MarkdownStep["openFence"] {
  const [token] = tokens;
  if (tokens.length !== 1 || token?.type !== "fence") return undefined;
  return { info: token.info, content: token.content };
}
