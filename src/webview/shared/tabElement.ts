import type { PropertyDeclarations } from "lit";
import { GuardedElement } from "./guardedElement.ts";
import { wayToHost } from "../wayToHost.ts";
import { watchFailures } from "./watchFailures.ts";

/** What every view in an editor tab tells the host. */
type TabMessage = { readonly type: "ready" } | { readonly type: "view-failed"; readonly message: string };

/** Base of the element that is a whole view in an editor tab: joins it to the host for as long as it is in the page. */
export abstract class TabElement<FromView> extends GuardedElement {
  static override properties: PropertyDeclarations = { hasFailed: { state: true } };

  /** A part could not be shown. */
  declare protected hasFailed: boolean;
  protected readonly post: (message: FromView | TabMessage) => void = wayToHost();
  /** The event by which parts say what they wish. */
  protected abstract readonly requestType: string;
  /** Undoes `connectedCallback`. */
  private lifetime = new AbortController();

  constructor() {
    super();
    this.hasFailed = false;
  }

  protected abstract onRequest(event: Event): void;
  /** Whatever was posted to the page. */
  protected abstract onMessage(data: unknown): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    this.addEventListener(this.requestType, (event) => this.onRequest(event), { signal });
    window.addEventListener("message", ({ data }: MessageEvent<unknown>) => this.onMessage(data), { signal });
    watchFailures(this, signal, (message) => this.fail(message));
    this.post({ type: "ready" });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lifetime.abort();
  }

  private fail(message: string): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.post({ type: "view-failed", message });
  }
}
