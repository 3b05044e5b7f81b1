import type { WebviewView } from "vscode";

const READY_WITHIN_MS = 6_000;
const MAX_STARTS = 4;

/**
 * Starts the page of a view and starts it again when it does not report in time: in a busy window the editor sometimes
 * fails to deliver a page's files, and a panel must not stay empty for that. The timer ends with the first report.
 */
export class ViewStart {
  readonly #view: WebviewView;
  readonly #buildHtml: () => string;
  #starts = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(view: WebviewView, buildHtml: () => string) {
    this.#view = view;
    this.#buildHtml = buildHtml;
  }

  start(): void {
    this.#starts += 1;
    this.#view.webview.html = this.#buildHtml();
    if (this.#starts < MAX_STARTS) this.#timer = setTimeout(() => this.#startAgain(), READY_WITHIN_MS);
  }

  /** The page has reported, or the view is gone. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A hidden view has no page; it reports when it is shown. */
  #startAgain(): void {
    if (this.#view.visible) this.start();
  }
}
