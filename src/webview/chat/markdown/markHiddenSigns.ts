import { hiddenPlaces } from "../../../protocol/visibleSigns.ts";

const MARK = "hidden-sign";

/** More are not marked one by one: a text made of nothing else must not fill the page with elements. */
const MOST_MARKED = 2_000;

/**
 * Puts a mark that can be seen around every hidden sign. The sign stays inside, kept from turning the writing around it, so that
 * the text of the nodes is what it was.
 */
export function markHiddenSigns(nodes: readonly Node[]): void {
  let marked = 0;
  for (const text of nodes.flatMap(textsIn)) {
    if (text.parentElement?.classList.contains(MARK) === true) continue;
    let rest = text;
    let passed = 0;
    for (const { start, end, sign } of hiddenPlaces(text.data)) {
      if ((marked += 1) > MOST_MARKED) return;
      const hidden = rest.splitText(start - passed);
      rest = hidden.splitText(end - start);
      passed = end;
      const mark = createMark(sign);
      hidden.replaceWith(mark);
      mark.append(hidden);
    }
  }
}

/** How many marks are in an element. */
export function countHiddenSigns(element: Element): number {
  return element.querySelectorAll(`.${MARK}`).length;
}

function textsIn(node: Node): readonly Text[] {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  if (node instanceof Text) texts.push(node);
  while (walker.nextNode() !== null) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  return texts;
}

function createMark(sign: string): HTMLElement {
  const mark = document.createElement("span");
  mark.className = MARK;
  mark.dataset["sign"] = sign;
  mark.title = `${sign} stands here, a sign that cannot be seen or that turns the writing around`;
  return mark;
}
