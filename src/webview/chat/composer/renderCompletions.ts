import { html, nothing } from "lit";
import { attachmentIcon } from "./attachmentIcon.ts";
import type { CompletionItem, CompletionState } from "./completionState.ts";

export const LIST_ID = "completions";

/** The id that the field names as its active descendant. */
export function optionId(index: number): string {
  return `completion-${index}`;
}

/** The open list above the field. A mouse picks without taking the focus from the field, and Tab never reaches the list. */
export function renderCompletions(
  { query, items, active }: Pick<CompletionState, "query" | "items" | "active">,
  pick: (item: CompletionItem) => void,
) {
  const count = `${items.length} ${query?.kind === "slash" ? "commands" : "to add"}`;
  const isOpen = items.length > 0;
  return html`<div class="visually-hidden" role="status">${isOpen ? count : ""}</div>
    ${
      isOpen
        ? html`<ul
            id=${LIST_ID}
            role="listbox"
            tabindex="0"
            aria-label=${query?.kind === "slash" ? "Commands" : "Add to the question"}
            @mousedown=${(event: Event) => event.preventDefault()}
          >
            ${items.map((item, index) => renderItem(item, { index, isActive: index === active, pick }))}
          </ul>`
        : nothing
    }`;
}

function renderItem(
  item: CompletionItem,
  { index, isActive, pick }: { index: number; isActive: boolean; pick: (item: CompletionItem) => void },
) {
  const { label, detail, does } = item;
  const isMention = does.kind === "mention";
  return html`<li
    id=${optionId(index)}
    role="option"
    class=${isMention ? `icon ${attachmentIcon(does.of)}` : ""}
    aria-selected=${isActive ? "true" : "false"}
    title=${detail === undefined ? label : `${label}\n${detail}`}
    @click=${() => pick(item)}
  >
    <span class="label ${isMention ? "" : "short"}">${label}</span>
    ${detail === undefined ? nothing : html`<span class="detail">${detail}</span>`}
  </li>`;
}
