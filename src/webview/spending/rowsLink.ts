import { html } from "lit";
import type { FromSpendView } from "../../protocol/spendMessages.ts";
import { requestFromSpending } from "./spendRequest.ts";

type RowFilter = Extract<FromSpendView, { type: "show-rows" }>["filter"];

/** A figure that shows the rows it is made of. `of` says what it is of, for who cannot see where it stands. */
export function rowsLink(
  element: HTMLElement,
  text: string,
  { of, rows }: { of: string; rows: RowFilter | undefined },
) {
  if (rows === undefined) return html`${text}`;
  return html`<button
    class="link"
    aria-label=${`${text}, ${of}: show the rows`}
    @click=${() => requestFromSpending(element, { type: "show-rows", filter: rows })}
  >
    ${text}
  </button>`;
}
