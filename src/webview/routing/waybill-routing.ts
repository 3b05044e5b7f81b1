import { css, html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { FromRoutingView, RoutingViewState, ToRoutingView } from "../../protocol/routingMessages.ts";
import { GuardedElement } from "../chat/guardedElement.ts";
import { bannerStyles } from "../chat/styles/bannerStyles.ts";
import { baseStyles } from "../chat/styles/baseStyles.ts";
import { iconStyles } from "../chat/styles/iconStyles.ts";
import { describeFailure, ViewFailedEvent } from "../chat/viewFailure.ts";
import { wayToHost } from "../wayToHost.ts";
import { reduce } from "./reduce.ts";
import { RoutingRequestEvent, requestFromRouting } from "./routingRequest.ts";
import { initialViewState, type ViewInput, type ViewState } from "./viewState.ts";
import "./waybill-dry-run.ts";
import "./waybill-route-table.ts";
import "./waybill-rule-table.ts";

/** The whole routing view: joins host, state and parts. */
class WaybillRouting extends GuardedElement {
  static override properties: PropertyDeclarations = {
    viewState: { state: true },
    hasFailed: { state: true },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    bannerStyles,
    css`
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        padding: 12px 20px 32px;
      }
      h1 {
        margin: 0;
        font-size: 1.5em;
        font-weight: 500;
      }
      p {
        margin: 0;
        color: var(--vscode-descriptionForeground);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
    `,
  ];

  declare private viewState: ViewState;
  declare private hasFailed: boolean;
  private readonly post: (message: FromRoutingView) => void = wayToHost();
  /** Undoes `connectedCallback`. */
  private lifetime = new AbortController();

  constructor() {
    super();
    this.viewState = initialViewState;
    this.hasFailed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    this.addEventListener(RoutingRequestEvent.type, this.onRequest, { signal });
    this.addEventListener(ViewFailedEvent.type, this.onViewFailed, { signal });
    window.addEventListener("error", this.onPageError, { signal });
    window.addEventListener("message", this.onMessage, { signal });
    this.post({ type: "ready" });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lifetime.abort();
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

  private readonly onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (isSnapshot(data)) this.take(data);
  };

  private readonly onRequest = (event: Event): void => {
    if (!(event instanceof RoutingRequestEvent)) return;
    const { message } = event;
    if (message.type === "dry-run" || message.type === "keep-text") {
      this.take({ type: "text-typed", text: message.text });
      if (message.type === "dry-run") this.take({ type: "dry-run-sent" });
    }
    this.post(message);
  };

  private readonly onViewFailed = (event: Event): void => {
    if (event instanceof ViewFailedEvent) this.fail(event.message);
  };

  private readonly onPageError = (event: ErrorEvent): void => {
    // Without an error it is a notice of the browser, for instance that a resize observer had to wait for a frame.
    if (event.error instanceof Error) this.fail(describeFailure("the page", event.error));
  };

  private fail(message: string): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.post({ type: "view-failed", message });
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
