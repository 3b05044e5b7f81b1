import type { Page } from "playwright-core";

/**
 * Lets the pages themselves note when the button was pressed and when the question could be typed, so that the time
 * the driver takes is not in the figure. Both are epoch milliseconds with fractions, kept on the root elements.
 */
export async function installQuestionProbe(page: Page): Promise<void> {
  await page.evaluate(notePointer);
  await page.addInitScript(noteQuestion);
}

/** Runs in the workbench. The event carries the time of the input, before any work on it. */
function notePointer(): void {
  const note = ({ timeStamp }: PointerEvent): void => {
    document.documentElement.dataset["pointerDownAt"] = String(performance.timeOrigin + timeStamp);
  };
  document.addEventListener("pointerdown", note, { capture: true });
}

/**
 * Runs in every frame made later, before its own scripts. VS Code replaces the first document of the frame, which
 * drops animation frames but not timers, so a timer looks.
 */
function noteQuestion(): void {
  if (window === window.top) return;
  const lookEveryMs = 4;
  // VS Code's own script sets `window.parent` to the page itself later on.
  const outerFrame = window.parent;
  const find = (root: Document | ShadowRoot): HTMLTextAreaElement | undefined => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLTextAreaElement && element.ariaLabel === "Question") return element;
      const inside = element.shadowRoot === null ? undefined : find(element.shadowRoot);
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  const takesText = (question: HTMLTextAreaElement): boolean => {
    if (!question.checkVisibility({ visibilityProperty: true }) || question.disabled) return false;
    question.focus();
    document.execCommand("insertText", false, "typed");
    return question.value === "typed";
  };
  const note = (name: string, sinceEpochMs: number): void => {
    document.documentElement.dataset[name] = String(sinceEpochMs);
  };
  const look = (): void => {
    const question = find(document);
    if (question === undefined || !takesText(question)) return;
    clearInterval(timer);
    const loads = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/dist/webview/"));
    const scriptEnds = loads.filter(({ name }) => name.includes(".js")).map((load) => load.startTime + load.duration);
    note("frameMadeAt", outerFrame.performance.timeOrigin);
    note("pageMadeAt", performance.timeOrigin);
    note("scriptLoadedAt", performance.timeOrigin + Math.max(...scriptEnds));
    note("questionReadyAt", performance.timeOrigin + performance.now());
  };
  const timer = setInterval(look, lookEveryMs);
}
