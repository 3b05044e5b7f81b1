import { css, html, nothing, type PropertyDeclarations } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { iconStyles } from "../../shared/styles/iconStyles.ts";
import { requestFromChat } from "../chatRequest.ts";
import { chipStyles } from "../styles/chipStyles.ts";
import { attachmentIcon } from "./attachmentIcon.ts";

/** What goes along with the next question; each piece opens as exactly what is sent. Fires `attachment-removed`. */
class WaybillChips extends GuardedElement {
  static override properties: PropertyDeclarations = { attachments: { attribute: false } };
  static override styles = [
    baseStyles,
    iconStyles,
    chipStyles,
    css`
      ul {
        margin: 0;
        padding: 6px 6px 0;
        list-style: none;
        max-height: 20vh;
        overflow-y: auto;
      }
      .preview {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 6px;
        min-width: 0;
        padding: 0;
        text-align: start;
        border: 0;
        background: none;
        cursor: pointer;
      }
      /* In a narrow view the tokens go below the label, so that both can be read. */
      .chip {
        height: auto;
        min-height: 22px;
      }
      .label {
        max-width: 100%;
      }
      .preview:hover .label {
        text-decoration: underline;
      }
      .tokens {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
        color: var(--vscode-descriptionForeground);
      }
      .note {
        flex: none;
        display: inline-flex;
        align-self: center;
        color: var(--vscode-editorWarning-foreground);
      }
      .note.icon::before {
        font-size: 13px;
      }
      .icon-button {
        width: 18px;
        height: 18px;
        margin-inline-end: -4px;
      }
      .icon-button::before {
        font-size: 12px;
      }
    `,
  ];

  declare attachments: readonly AttachmentView[];

  constructor() {
    super();
    this.attachments = [];
  }

  protected override render() {
    if (this.attachments.length === 0) return nothing;
    return html`<ul class="chips" role="list" aria-label="Sent along with the next question">
      ${repeat(
        this.attachments,
        ({ id }) => id,
        (attachment) => this.renderChip(attachment),
      )}
    </ul>`;
  }

  private renderChip({ id, kind, label, tokens, note }: AttachmentView) {
    const title = [label, tokens, note, "Click to see what is sent"].filter((line) => line !== undefined).join("\n");
    const preview = (): void => requestFromChat(this, { type: "preview-attachment", id });
    return html`<li class="chip icon ${attachmentIcon(kind)}">
      <button type="button" class="preview" title=${title} @click=${preview}>
        <span class="visually-hidden">Show what is sent of </span>
        <span class="label">${label}</span>
        ${tokens === undefined ? nothing : html`<span class="tokens">${tokens}</span>`}
        ${
          note === undefined
            ? nothing
            : html`<span class="note icon icon-warning"><span class="visually-hidden">${note}</span></span>`
        }
      </button>
      <button
        type="button"
        class="icon-button icon icon-close"
        aria-label="Remove ${label}"
        title="Remove"
        @click=${() => this.takeOff(id)}
      ></button>
    </li>`;
  }

  private takeOff(id: string): void {
    requestFromChat(this, { type: "remove-attachment", id });
    this.dispatchEvent(new Event("attachment-removed"));
  }
}

customElements.define("waybill-chips", WaybillChips);
