import { isOpenableLink } from "./isOpenableLink.ts";

/**
 * Takes the address off every link, so that nothing can be loaded or left by it, and keeps it for `linkAt`. The whole
 * address shows while the pointer rests on the link.
 */
export function makeLinksInert(root: ParentNode): void {
  for (const link of root.querySelectorAll("a")) {
    const href = link.getAttribute("href") ?? "";
    link.removeAttribute("href");
    if (!isOpenableLink(href)) continue;
    link.dataset["href"] = href;
    link.title = href;
    link.role = "link";
    link.tabIndex = 0;
  }
}

/** The address of the link that was clicked, or entered by the keyboard. */
export function linkAt(event: Event): string | undefined {
  if (event instanceof KeyboardEvent && event.key !== "Enter") return undefined;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  return link?.dataset["href"];
}
