import { css, html } from "lit";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";

/** What a chat without messages shows: how Waybill works, in three lines. */
class WaybillEmptyState extends GuardedElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        justify-content: safe center;
        overflow-y: auto;
        padding: 16px 20px;
      }
      .inner {
        max-width: 420px;
        margin: 0 auto;
      }
      h2 {
        margin: 0 0 12px;
        font-size: 1.25em;
        font-weight: 600;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        display: grid;
        gap: 8px;
        color: var(--vscode-descriptionForeground);
      }
      strong {
        color: var(--vscode-foreground);
        font-weight: 600;
      }
    `,
  ];

  protected override render() {
    return html`<div class="inner">
      <h2>Ask about your code</h2>
      <ul>
        <li><strong>Select code</strong> in the editor and it travels with your question.</li>
        <li><strong>The model is chosen</strong> for each question, and never outside your budgets.</li>
        <li><strong>Every answer brings its waybill:</strong> which model, why, and what it cost.</li>
      </ul>
    </div>`;
  }
}

customElements.define("waybill-empty-state", WaybillEmptyState);
