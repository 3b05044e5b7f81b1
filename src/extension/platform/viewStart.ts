import type { WebviewView } from "vscode";

/** How long a page may take to report, one entry per start; the last start is not watched. */
const READY_WITHIN_MS: readonly number[] = [6_000, 12_000, 24_000];

/**
 * Starts the page of a view, and starts it again when it does not report in time: in a busy window the editor sometimes
 * fails to deliver a page's files, and a panel must not stay empty for that. A hidden view loses its page and the editor
 * loads it anew when the view is shown, so that start is watched, too.
 */
export class ViewStart {
  readonly #view: Pick<WebviewView, "visible" | "webview">;
  readonly #buildHtml: () => string;
  /** The starts in vain since the view was last shown. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(view: Pick<WebviewView, "visible" | "webview">, buildHtml: () => string) {
    this.#view = view;
    this.#buildHtml = buildHtml;
  }

  start(): void {
    this.#view.webview.html = this.#buildHtml();
    this.#watch();
  }

  /** The view was shown or hidden. */
  noteVisibility(): void {
    this.#failures = 0;
    this.#endWatch();
    if (this.#view.visible) this.#watch();
  }

  /** The page has reported. */
  noteReport(): void {
    this.#endWatch();
  }

  dispose(): void {
    this.#endWatch();
  }

  #watch(): void {
    const readyWithinMs = READY_WITHIN_MS[this.#failures];
    if (readyWithinMs !== undefined) this.#timer = setTimeout(() => this.#startAgain(), readyWithinMs);
  }

  #endWatch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #startAgain(): void {
    this.#failures += 1;
    this.start();
  }
}
