import { html, nothing, type PropertyDeclarations } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { AnswerView } from "../../protocol/chatMessages.ts";
import type { ComparisonView } from "../../protocol/compareMessages.ts";
import { isComparing } from "./applyCompareChange.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { comparisonStyles } from "./styles/comparisonStyles.ts";
import "./waybill-answer.ts";

/** The answers of several models to one question: side by side where there is room, else one below the other. */
class WaybillComparison extends GuardedElement {
  static override properties: PropertyDeclarations = {
    comparison: { attribute: false },
  };
  static override styles = [baseStyles, comparisonStyles];

  declare comparison: ComparisonView | undefined;

  protected override render() {
    const { comparison } = this;
    if (comparison === undefined) return nothing;
    const isBusy = isComparing(comparison);
    const { answers, summary } = comparison;
    return html`<section aria-label="Answers side by side" tabindex="-1">
      <div class="columns">
        ${repeat(
          answers,
          ({ id }) => id,
          (answer) => renderColumn(answer, nameOf(answer), isBusy),
        )}
      </div>
      <div class="foot">
        ${this.renderTotal(isBusy)}
        ${
          comparison.summarise === undefined || isBusy
            ? nothing
            : html`<vscode-button secondary @click=${this.onSummarise}>${comparison.summarise}</vscode-button>`
        }
      </div>
      ${summary === undefined ? nothing : renderColumn(summary, "Where they agree and differ", isBusy)}
    </section>`;
  }

  private renderTotal(isBusy: boolean) {
    const total = this.comparison?.total;
    if (total === undefined) return nothing;
    const { text, title } = total;
    return html`<span class="total" title=${title}>${isBusy ? `${text} so far` : text}</span>`;
  }

  /** The button goes, so the focus moves on to what holds it. */
  private readonly onSummarise = (): void => {
    requestFromChat(this, { type: "summarise-answers" });
    this.renderRoot.querySelector("section")?.focus({ preventScroll: true });
  };
}

function renderColumn(answer: AnswerView, name: string, isBusy: boolean) {
  const mayUse = !isBusy && answer.text !== "";
  return html`<div class="column" role="group" aria-label=${name}>
    <div class="name" dir="auto">${name}</div>
    <waybill-answer .answer=${answer} .isBusy=${isBusy} .isCompared=${true}></waybill-answer>
    ${mayUse ? renderUse(answer.id, name) : nothing}
  </div>`;
}

function renderUse(messageId: string, name: string) {
  const use = (event: Event) => {
    if (event.currentTarget instanceof HTMLElement)
      requestFromChat(event.currentTarget, { type: "use-answer", messageId });
  };
  return html`<vscode-button
    secondary
    class="use"
    title="Go on from the answer of ${name}; the others stay beside it"
    @click=${use}
    >Use This Answer</vscode-button
  >`;
}

function nameOf({ compared }: AnswerView): string {
  return compared?.kind === "answer" ? compared.name : "";
}

customElements.define("waybill-comparison", WaybillComparison);
