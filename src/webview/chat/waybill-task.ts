import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { AnswerView } from "../../protocol/chatMessages.ts";
import { TASK_CHOICES } from "../../protocol/taskChoices.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";

/** What a question was taken for, and a choice of what it was for. */
class WaybillTask extends GuardedElement {
  static override properties: PropertyDeclarations = {
    taskType: { attribute: false },
    correctedTask: { attribute: false },
    messageId: { attribute: false },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        font-size: inherit;
      }
      .choice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
      }
      select {
        min-width: 0;
        height: 20px;
        padding: 0 2px;
        font: inherit;
        color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
        background: var(--vscode-dropdown-background, var(--vscode-input-background));
        border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
      }
      .correction {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        max-width: 100%;
      }
      .correction > span {
        flex: none;
      }
      .promise {
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare taskType: string;
  declare correctedTask: AnswerView["correctedTask"];
  /** The answer to the question. */
  declare messageId: string | undefined;

  protected override render() {
    const { taskType, correctedTask } = this;
    return html`<div class="choice">
        <span>${taskType}</span>
        <span class="correction"
          ><span aria-hidden="true">This was</span>
          <select aria-label="What this question was for" @change=${this.onChange}>
            <option value="" disabled ?selected=${correctedTask === undefined}>…</option>
            ${TASK_CHOICES.map(
              (choice) => html`<option value=${choice} ?selected=${choice === correctedTask}>${choice}</option>`,
            )}
          </select></span
        >
      </div>
      <div class="promise" role="status">
        ${correctedTask === undefined ? nothing : `Similar questions will be taken for ${correctedTask}.`}
      </div>`;
  }

  private readonly onChange = (event: Event): void => {
    const { messageId } = this;
    const select = event.target;
    if (messageId === undefined || !(select instanceof HTMLSelectElement)) return;
    const taskType = TASK_CHOICES.find((choice) => choice === select.value);
    if (taskType !== undefined) requestFromChat(this, { type: "correct-task", messageId, taskType });
  };
}

customElements.define("waybill-task", WaybillTask);
