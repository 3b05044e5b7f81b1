import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";

/** Where code or changes begin. With fewer than two of them an answer changes no two files. */
const BEGINNINGS = /^\s*(?:`{3,}|~{3,}|<{5,9} ?SEARCH|\*\*\* (?:Update|Add|Delete) File|\+\+\+ )/gmu;

/** Offers to apply a finished answer that changes several files as one change. */
class WaybillApplyAll extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    messageId: { attribute: false },
    files: { attribute: false },
  };
  static override styles = [
    baseStyles,
    css`
      /* Without a button it takes no place in the row. */
      :host {
        display: contents;
      }
    `,
  ];

  declare text: string;
  declare messageId: string | undefined;
  /** How many files it changes; missing until the host has counted. */
  declare files: number | undefined;

  constructor() {
    super();
    this.text = "";
  }

  /** A new picture of the chat does not have the count any more. */
  protected override updated(changed: PropertyValues<this>): void {
    const { messageId, files, text } = this;
    const isUnknown = files === undefined && (changed.has("files") || changed.has("messageId"));
    if (messageId === undefined || !isUnknown || (text.match(BEGINNINGS) ?? []).length < 2) return;
    requestFromChat(this, { type: "count-files", messageId });
  }

  protected override render() {
    const { files = 0 } = this;
    if (files < 2) return nothing;
    return html`<vscode-button
      secondary
      title="Review the changes of ${files} files as one; nothing is written before you accept"
      @click=${this.onApply}
      >Apply All (${files} files)</vscode-button
    >`;
  }

  private readonly onApply = (): void => {
    const { messageId } = this;
    if (messageId !== undefined) requestFromChat(this, { type: "apply-answer", messageId });
  };
}

customElements.define("waybill-apply-all", WaybillApplyAll);
