import { css, html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { ProblemActionView, ProblemView, SendAnswer } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";

/**
 * The question before a dear one is sent, between the text and its buttons. Fires `answered` with the answer, or `cancelled`.
 * Takes no focus: who types on, or presses Enter once more, sends nothing.
 */
class WaybillAsk extends GuardedElement {
  static override properties: PropertyDeclarations = { ask: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      .ask {
        margin: 4px 6px 2px;
        padding: 6px 8px;
        border: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        background: var(--vscode-inputValidation-warningBackground);
        color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
      }
      .sentence {
        overflow-wrap: anywhere;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 6px;
      }
      vscode-button {
        max-width: 100%;
      }
      /* A model's name may be longer than the side bar is wide. */
      vscode-button::part(base) {
        white-space: normal;
      }
    `,
  ];

  declare ask: ProblemView | undefined;

  protected override render() {
    const { ask } = this;
    if (ask === undefined) return nothing;
    const actions = [ask.action, ...(ask.alternatives ?? [])].filter((action) => action !== undefined);
    return html`<div class="ask" role="group" aria-label="Before this is sent" @keydown=${this.onKeyDown}>
      <div class="sentence" role="alert" dir="auto">${ask.sentence}</div>
      <div class="buttons">
        ${actions.map((action, index) => this.renderAction(action, index))}
        <vscode-button secondary @click=${this.cancel}>Cancel</vscode-button>
      </div>
    </div>`;
  }

  private renderAction({ id, label }: ProblemActionView, index: number) {
    if (id !== "send-anyway" && id !== "ask-cheaper") return nothing;
    const answer = (): void => void this.dispatchEvent(new CustomEvent<SendAnswer>("answered", { detail: id }));
    return html`<vscode-button ?secondary=${index > 0} @click=${answer}>${label}</vscode-button>`;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.cancel();
  };

  private readonly cancel = (): void => void this.dispatchEvent(new Event("cancelled"));
}

customElements.define("waybill-ask", WaybillAsk);
