import { html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { ProblemActionView, ProblemView } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

/** One problem: a sentence and what to do about it. */
class WaybillProblem extends GuardedElement {
  static override properties: PropertyDeclarations = {
    problem: { attribute: false },
    messageId: { attribute: false },
  };
  static override styles = [baseStyles, iconStyles, bannerStyles];

  declare problem: ProblemView | undefined;
  /** The answer the problem belongs to; `undefined` for a problem of the whole panel. */
  declare messageId: string | undefined;

  protected override render() {
    const { problem } = this;
    if (problem === undefined) return nothing;
    // An answer's problem is announced once by the panel; as an alert, every old one would be read out with its chat.
    return html`<div class="banner error" role=${this.messageId === undefined ? "alert" : "note"}>
      <span class="icon icon-error"></span>
      <span class="sentence" dir="auto">${problem.sentence}</span>
      ${this.renderButtons([...(problem.action === undefined ? [] : [problem.action]), ...(problem.alternatives ?? [])])}
    </div>`;
  }

  private renderButtons(actions: readonly ProblemActionView[]) {
    if (actions.length === 0) return nothing;
    const button = ({ id, label }: ProblemActionView) =>
      html`<vscode-button secondary @click=${() => this.onAction(id)}>${label}</vscode-button>`;
    return html`<span class="buttons">${actions.map(button)}</span>`;
  }

  private onAction(action: ProblemActionView["id"]): void {
    const { messageId } = this;
    requestFromChat(this, { type: "run-action", action, ...(messageId === undefined ? {} : { messageId }) });
  }
}

customElements.define("waybill-problem", WaybillProblem);
