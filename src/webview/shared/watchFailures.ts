import { describeFailure, ViewFailedEvent } from "./viewFailure.ts";

/** Tells of parts of a view that could not be rendered, and of errors of its page, until the signal aborts. */
export function watchFailures(view: HTMLElement, signal: AbortSignal, fail: (message: string) => void): void {
  const onViewFailed = (event: Event): void => {
    if (event instanceof ViewFailedEvent) fail(event.message);
  };
  const onPageError = (event: ErrorEvent): void => {
    // Without an error it is a notice of the browser, for instance that a resize observer had to wait for a frame.
    if (event.error instanceof Error) fail(describeFailure("the page", event.error));
  };
  view.addEventListener(ViewFailedEvent.type, onViewFailed, { signal });
  window.addEventListener("error", onPageError, { signal });
}
