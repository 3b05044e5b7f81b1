import { css, html, nothing, type PropertyDeclarations } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { FromChatView, ToChatView } from "../../protocol/chatMessages.ts";
import { ChatRequestEvent } from "./chatRequest.ts";
import { DraftSender } from "./draftSender.ts";
import { EarlierLeftEvent } from "./earlierLeft.ts";
import { FocusKeeper } from "./focusKeeper.ts";
import { FrameQueue } from "./frameQueue.ts";
import { NameRequests, NamesWantedEvent } from "./nameRequests.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { reduce } from "./reduce.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { connectToVsCode, type Transport } from "./transport.ts";
import { describeFailure } from "../shared/viewFailure.ts";
import { watchFailures } from "../shared/watchFailures.ts";
import { initialViewState, type ViewInput, type ViewState } from "./viewState.ts";
import "./waybill-failure.ts";
import "./waybill-panel.ts";

/** The whole chat view: joins transport, state and panel, and keeps the panel alive when something in it fails. */
class WaybillChat extends GuardedElement {
  static override properties: PropertyDeclarations = {
    viewState: { state: true },
    hasFailed: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        height: 100vh;
      }
      waybill-panel {
        flex: 1;
        min-height: 0;
      }
    `,
  ];

  declare private viewState: ViewState;
  /** A component failed since the panel was last built. */
  declare private hasFailed: boolean;
  /** Grows with every reload, so that the panel is built anew instead of on the ruins of the failed one. */
  private generation = 0;
  private readonly transport: Transport = connectToVsCode();
  private readonly frames = new FrameQueue<ToChatView>(
    (messages) => this.takeFromHost(messages),
    (callback) => requestAnimationFrame(callback),
  );
  private readonly draftSender = new DraftSender((text) => this.transport.send({ type: "draft-changed", text }));
  private readonly focusKeeper = new FocusKeeper();
  private readonly names = new NameRequests((message) => this.transport.send(message));
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
    this.addEventListener(ChatRequestEvent.type, this.onRequest, { signal });
    this.addEventListener(NamesWantedEvent.type, this.names.ask, { signal });
    this.addEventListener("ask-cancelled", () => this.take({ type: "ask-cancelled" }), { signal });
    this.addEventListener(EarlierLeftEvent.type, this.onEarlierLeft, { signal });
    this.addEventListener("composer-left", () => this.draftSender.flush(), { signal });
    watchFailures(this, signal, (message) => this.fail(message));
    window.addEventListener("unhandledrejection", (event) => this.fail(describeFailure("a promise", event.reason)), {
      signal,
    });
    for (const type of ["visibilitychange", "pagehide"]) {
      window.addEventListener(type, () => this.draftSender.flush(), { signal, capture: true });
    }
    const stop = this.transport.start((message) => this.frames.add(message));
    signal.addEventListener("abort", stop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lifetime.abort();
    this.draftSender.flush();
  }

  protected override willUpdate(): void {
    this.focusKeeper.look();
  }

  /** The parts of the page follow within microtasks; whatever has gone with them is gone by the next frame. */
  protected override updated(): void {
    requestAnimationFrame(() => {
      if (this.focusKeeper.takesLoss()) this.take({ type: "focus-composer" });
    });
  }

  protected override render() {
    return html`
      ${this.hasFailed ? html`<waybill-failure @reload=${this.onReload}></waybill-failure>` : nothing}
      ${keyed(this.generation, html`<waybill-panel .state=${this.viewState}></waybill-panel>`)}
    `;
  }

  private takeFromHost(messages: readonly ToChatView[]): void {
    for (const message of messages) {
      if (message.type !== "focus-back") this.take(message);
      else if (!this.focusKeeper.restore()) this.take({ type: "focus-composer" });
    }
  }

  private take(input: ViewInput): void {
    const before = this.viewState;
    this.viewState = reduce(before, input);
    if (input.type === "delta" && input.change.kind === "names-resolved") {
      this.names.settle(input.change.requestId, input.change);
    }
    if (isDraftNews(input, before, this.viewState)) {
      this.draftSender.typed(this.viewState.composer.text);
      this.draftSender.flush();
    } else if (input.type === "snapshot") this.draftSender.forget();
  }

  private readonly onRequest = (event: Event): void => {
    if (!(event instanceof ChatRequestEvent)) return;
    const { message } = event;
    if (message.type === "draft-changed") this.onTyped(message.text);
    else this.request(message);
  };

  private readonly onEarlierLeft = (event: Event): void => {
    if (event instanceof EarlierLeftEvent) this.take({ type: "earlier-left", beforeId: event.beforeId });
  };

  private onTyped(text: string): void {
    this.take({ type: "draft-typed", text });
    this.draftSender.typed(text);
  }

  /** The draft goes first, so that the host never learns of it after what was done with it. */
  private request(message: FromChatView): void {
    this.draftSender.flush();
    this.focusKeeper.look();
    if (message.type === "send") this.take({ type: "question-sent", text: message.text });
    // The button that was clicked goes, and the next thing is to ask on; or the keyboard goes to where the new chat begins.
    if (message.type === "use-answer" || message.type === "new-chat") this.take({ type: "focus-composer" });
    if (message.type === "run-slash" && message.rest !== "") {
      this.take({ type: "question-sent", text: this.viewState.composer.text });
    }
    if (message.type === "queue") this.take({ type: "question-sent", text: this.viewState.composer.text });
    this.transport.send(message);
  }

  private fail(message: string): void {
    // One report is enough until the reload: a component that fails does so with every frame.
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.transport.send({ type: "view-failed", message });
  }

  private readonly onReload = (): void => {
    this.hasFailed = false;
    this.generation += 1;
    // The conversation that could not be shown would fail again; the snapshot brings it anew. What was typed stays.
    this.viewState = { ...this.viewState, chat: undefined };
    this.transport.send({ type: "resync" });
  };
}

/** True when a message of the host left the composer with another text than the host's draft. */
function isDraftNews(input: ViewInput, before: ViewState, after: ViewState): boolean {
  if (input.type === "snapshot") return after.composer.text !== input.state.draft;
  return input.type === "delta" && after.composer.text !== before.composer.text;
}

customElements.define("waybill-chat", WaybillChat);
