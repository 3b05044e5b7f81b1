import { type CodeClick, codeClickAt, decorateCodeBlocks, leaveMore, markGrowing } from "./codeBlocks.ts";
import { createMarkdown } from "./createMarkdown.ts";
import { decorateTables } from "./decorateTables.ts";
import { highlightBlocks } from "./highlightBlocks.ts";
import { IncrementalMarkdown, type MarkdownStep } from "./incrementalMarkdown.ts";
import { linkAt, makeLinksInert } from "./inertLinks.ts";
import { markHiddenSigns } from "./markHiddenSigns.ts";
import { type FindNames, NameLinks, nameAt } from "./nameLinks.ts";
import { sanitise } from "./sanitise.ts";
import { decorateTasks } from "./taskRule.ts";

/** A fenced block that is still growing. Its text node is extended instead of rendering the block anew. */
interface GrowingFence {
  readonly info: string;
  readonly node: Text;
}

/** What a click in the text can ask for. */
interface MarkdownActions {
  readonly openLink: (href: string) => void;
  readonly openPath: (path: string) => void;
  readonly useCode: (click: CodeClick) => void;
  readonly openSymbol: (name: string) => void;
  readonly findNames: FindNames;
}

/** Keeps the children of one element equal to a growing Markdown text. Finished blocks are never touched again. */
export class MarkdownView {
  readonly #container: HTMLElement;
  readonly #names: NameLinks;
  readonly #markdown = createMarkdown();
  #incremental = new IncrementalMarkdown(this.#markdown);
  /** The text shown so far; a text that does not continue it is rendered from the start. */
  #shownText = "";
  #isFinished = false;
  /** The nodes of the open block, at the end of the container. */
  #openNodes: readonly ChildNode[] = [];
  #fence: GrowingFence | undefined;

  constructor(container: HTMLElement, actions: MarkdownActions) {
    this.#container = container;
    this.#names = new NameLinks(actions.findNames);
    const onActivate = (event: Event): void => {
      const href = linkAt(event);
      if (href !== undefined) actions.openLink(href);
      const named = nameAt(event);
      if (named?.kind === "file") actions.openPath(named.name);
      if (named?.kind === "symbol") actions.openSymbol(named.name);
      const click = event.type === "click" ? codeClickAt(event) : undefined;
      if (click !== undefined) actions.useCode(click);
    };
    container.addEventListener("click", onActivate);
    container.addEventListener("keydown", onActivate);
    container.addEventListener("keydown", leaveMore);
    container.addEventListener("focusout", leaveMore);
  }

  /** Shows the text; `isFinished` when nothing will follow. */
  show(text: string, isFinished: boolean): void {
    if (this.#isFinished && isFinished && text === this.#shownText) return;
    if (this.#isFinished || !text.startsWith(this.#shownText)) this.#reset();
    const piece = text.slice(this.#shownText.length);
    this.#shownText = text;
    if (piece !== "") this.#apply(this.#incremental.push(piece));
    if (isFinished) this.#finish();
  }

  #reset(): void {
    this.#incremental = new IncrementalMarkdown(this.#markdown);
    this.#shownText = "";
    this.#isFinished = false;
    this.#openNodes = [];
    this.#fence = undefined;
    this.#container.replaceChildren();
  }

  #apply(step: MarkdownStep): void {
    if (step.closedHtml === "" && this.#extendFence(step.openFence)) return;
    for (const node of this.#openNodes) node.remove();
    if (step.closedHtml !== "") this.#appendForGood(step.closedHtml);
    this.#openNodes = this.#append(step.openHtml);
    markGrowing(this.#openNodes, true);
    this.#fence = growingFence(step.openFence, this.#openNodes);
  }

  /** True when the open fence only grew and its new text has been added. */
  #extendFence(openFence: MarkdownStep["openFence"]): boolean {
    const fence = this.#fence;
    if (fence === undefined || openFence === undefined || openFence.info !== fence.info) return false;
    const length = fence.node.length;
    if (openFence.content.length < length || !openFence.content.startsWith(fence.node.data)) return false;
    fence.node.appendData(openFence.content.slice(length));
    return true;
  }

  #finish(): void {
    const last = this.#incremental.finish();
    this.#isFinished = true;
    if (last === undefined) {
      this.#container.replaceChildren();
      this.#appendForGood(this.#markdown.render(this.#shownText));
    } else {
      this.#apply(last);
      this.#complete(this.#openNodes);
    }
    this.#openNodes = [];
    this.#fence = undefined;
  }

  #appendForGood(html: string): void {
    this.#complete(this.#append(html));
  }

  /** Nothing of these blocks will change any more. */
  #complete(nodes: readonly ChildNode[]): void {
    markGrowing(nodes, false);
    markHiddenSigns(nodes);
    // Colours come in new nodes, in which the marks are made anew.
    void highlightBlocks(nodes).then(() => markHiddenSigns(nodes));
    this.#names.add(nodes);
  }

  #append(html: string): readonly ChildNode[] {
    const fragment = sanitise(html);
    decorateCodeBlocks(fragment);
    decorateTables(fragment);
    decorateTasks(fragment);
    makeLinksInert(fragment);
    const nodes = [...fragment.childNodes];
    this.#container.append(fragment);
    return nodes;
  }
}

function growingFence(openFence: MarkdownStep["openFence"], nodes: readonly ChildNode[]): GrowingFence | undefined {
  if (openFence === undefined) return undefined;
  const block = nodes.find((node) => node instanceof Element);
  const node = block?.querySelector("code")?.firstChild;
  return node instanceof Text && node.data === openFence.content ? { info: openFence.info, node } : undefined;
}
