/** Chromium's own, for selections in a shadow tree. */
interface SelectingRoot {
  getSelection(): Selection | null;
}

/** The rows, by the key in their `data-key`, in which the person would lose something if they left the page. */
export interface KeysInUse {
  readonly focused: string | undefined;
  /** Where the selected text begins and ends, in either order. */
  readonly selected: readonly string[];
}

export function keysInUse(root: ShadowRoot): KeysInUse {
  const selection = canSelect(root) ? root.getSelection() : null;
  const ends = selection?.type === "Range" ? [selection.anchorNode, selection.focusNode] : [];
  return { focused: keyAround(root.activeElement), selected: ends.flatMap((node) => keyAround(node) ?? []) };
}

/** The key of the row that the node is in, itself included. */
export function keyAround(node: EventTarget | null | undefined): string | undefined {
  if (!(node instanceof Node)) return undefined;
  const element = node instanceof Element ? node : node.parentElement;
  const row = element?.closest("[data-key]");
  return row instanceof HTMLElement ? row.dataset["key"] : undefined;
}

function canSelect(root: object): root is SelectingRoot {
  return "getSelection" in root && typeof root.getSelection === "function";
}
