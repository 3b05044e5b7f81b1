import { css, html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { FromRoutingView, RoutingViewState, ToRoutingView } from "../../protocol/routingMessages.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { tabStyles } from "../shared/styles/tabStyles.ts";
import { TabElement } from "../shared/tabElement.ts";
import { reduce } from "./reduce.ts";
import { RoutingRequestEvent, requestFromRouting } from "./routingRequest.ts";
import { initialViewState, type ViewInput, type ViewState } from "./viewState.ts";
import "./waybill-dry-run.ts";
import "./waybill-route-table.ts";
import "./waybill-rule-table.ts";

/** The whole routing view: joins host, state and parts. */
class WaybillRouting extends TabElement<FromRoutingView> {
  static override properties: PropertyDeclarations = {
    viewState: { state: true },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    bannerStyles,
    tabStyles,
    css`
      main {
        gap: 12px;
      }
      .buttons {
        gap: 6px;
      }
    `,
  ];

  declare private viewState: ViewState;
  protected readonly requestType = RoutingRequestEvent.type;

  constructor() {
    super();
    this.viewState = initialViewState;
  }

  protected override render() {
    const { host, announcement } = this.viewState;
    return html`<main>
      <div class="visually-hidden" role="status" aria-live="polite">${announcement}</div>
      ${this.hasFailed ? renderFailure() : nothing}
      ${host === undefined ? nothing : host.past === undefined ? this.renderNow(host) : this.renderPast(host.past)}
    </main>`;
  }

  private renderNow(host: RoutingViewState) {
    const { text, isTrying } = this.viewState;
    return html`<h1>Routing</h1>
      <p>
        Which model would be asked now, by task, and the rules for it. A rule that you change is written to your
        settings at once, and shown below its row. ${host.typical}
      </p>
      ${this.renderProblem(host)}
      <waybill-rule-table .rows=${host.rows} .models=${host.models}></waybill-rule-table>
      <div class="buttons">
        <vscode-button secondary @click=${() => requestFromRouting(this, { type: "open-settings", where: "user" })}>
          Open Settings
        </vscode-button>
      </div>
      <waybill-dry-run
        .text=${text}
        .isTrying=${isTrying}
        .selection=${host.selection}
        .table=${host.dryRun}
      ></waybill-dry-run>`;
  }

  private renderPast(past: NonNullable<RoutingViewState["past"]>) {
    return html`<h1>Why this model?</h1>
      <p>The decision behind an answer, with the prices of then. Nothing here can be changed.</p>
      <div class="buttons">
        <vscode-button secondary @click=${() => requestFromRouting(this, { type: "show-now" })}>
          Show the Table of Now
        </vscode-button>
      </div>
      <waybill-route-table .table=${past}></waybill-route-table>`;
  }

  private renderProblem({ problem }: RoutingViewState) {
    if (problem === undefined) return nothing;
    return html`<div class="banner error" role="alert">
      <span class="icon icon-error"></span><span class="sentence" dir="auto">${problem.sentence}</span>
      <vscode-button secondary @click=${() => requestFromRouting(this, { type: "solve-problem" })}>
        ${problem.action?.label ?? "Try Again"}
      </vscode-button>
    </div>`;
  }

  private take(input: ViewInput): void {
    this.viewState = reduce(this.viewState, input);
  }

  protected override onMessage(data: unknown): void {
    if (isSnapshot(data)) this.take(data);
  }

  protected override onRequest(event: Event): void {
    if (!(event instanceof RoutingRequestEvent)) return;
    const { message } = event;
    if (message.type === "dry-run" || message.type === "keep-text") {
      this.take({ type: "text-typed", text: message.text });
      if (message.type === "dry-run") this.take({ type: "dry-run-sent" });
    }
    this.post(message);
  }
}

function renderFailure() {
  return html`<div class="banner error" role="alert">
    <span class="icon icon-error"></span>
    <span class="sentence">
      A part of this view could not be shown. Your settings are as they were; close the tab and open it again.
    </span>
  </div>`;
}

/** The host is trusted and ships with the view; this only tells its messages from those of the page around the view. */
function isSnapshot(value: unknown): value is ToRoutingView {
  return typeof value === "object" && value !== null && "type" in value && value.type === "snapshot";
}

customElements.define("waybill-routing", WaybillRouting);
