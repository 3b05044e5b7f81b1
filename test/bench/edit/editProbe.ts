/**
 * What the window itself notes, so that the driver's time is in no figure. What waits for a key is begun with one call and read
 * with the next one: a key may overtake a call that has not been answered. Each gives up after a minute.
 */
interface EditProbe {
  /** Begins to wait for a key of this name, and then for the input of an inline edit. */
  awaitInput(key: string): void;
  /** Begins to wait for a key of this name, and then until no line with this text is in the editor. */
  awaitGone(key: string, text: string): void;
  /** Milliseconds from that key until then. */
  awaited(): Promise<number>;
  /** When a line with exactly this text is first in the editor, in epoch milliseconds by the machine's clock. */
  untilLine(text: string): Promise<number>;
  /** Notes from now on how long each letter takes until it stands in the line that begins with this. */
  watchTyping(beginning: string): void;
  /** The milliseconds of each letter; no more are noted. */
  typed(): readonly number[];
}

declare global {
  interface Window {
    editProbe: EditProbe;
  }
}

/** Runs in the workbench. */
export function installEditProbe(): void {
  const LOOK_EVERY_MS = 2;
  const GIVE_UP_MS = 60_000;
  // The editor shows blanks as no-break spaces.
  const textOf = (line: Element): string => (line.textContent ?? "").replaceAll("\u00a0", " ");
  const lines = (): Element[] => [...document.querySelectorAll(".editor-instance .view-line")];
  const when = async (isThere: () => boolean): Promise<number> =>
    await new Promise((resolve, reject) => {
      const deadline = performance.now() + GIVE_UP_MS;
      const timer = setInterval(() => {
        const isOver = performance.now() > deadline;
        if (!isOver && !isThere()) return;
        clearInterval(timer);
        if (isOver) reject(new Error("The window has not shown it within a minute."));
        else resolve(performance.now());
      }, LOOK_EVERY_MS);
    });
  let awaited = Promise.resolve(0);
  const awaitAfter = (key: string, isThere: () => boolean): void => {
    let pressedAtMs: number | undefined;
    const note = (event: KeyboardEvent): void => {
      if (event.key === key) pressedAtMs ??= event.timeStamp;
    };
    document.addEventListener("keydown", note, { capture: true });
    awaited = when(() => pressedAtMs !== undefined && isThere())
      .then((atMs) => atMs - (pressedAtMs ?? 0))
      .finally(() => document.removeEventListener("keydown", note, { capture: true }));
    // Whoever reads it learns of it.
    awaited.catch(() => undefined);
  };
  const typedMs: number[] = [];
  let stopTyping = (): void => undefined;
  const watchTyping = (beginning: string): void => {
    const waiting: { readonly atMs: number; readonly length: number }[] = [];
    const shownLength = (): number =>
      lines()
        .map(textOf)
        .find((text) => text.startsWith(beginning.trimEnd()))?.length ?? 0;
    let length = shownLength();
    typedMs.length = 0;
    const note = ({ key, timeStamp }: KeyboardEvent): void => {
      if (key.length === 1) waiting.push({ atMs: timeStamp, length: (length += 1) });
    };
    const look = (): void => {
      const shown = waiting.length === 0 ? 0 : shownLength();
      while ((waiting[0]?.length ?? Infinity) <= shown) typedMs.push(performance.now() - (waiting.shift()?.atMs ?? 0));
    };
    document.addEventListener("keydown", note, { capture: true });
    // Called after the editor has changed its lines and before they are painted.
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    stopTyping = () => {
      observer.disconnect();
      document.removeEventListener("keydown", note, { capture: true });
    };
  };
  window.editProbe = {
    awaitInput: (key) =>
      awaitAfter(key, () => {
        const widget = document.querySelector(".quick-input-widget");
        const title = widget?.querySelector(".quick-input-title")?.textContent ?? "";
        return widget?.checkVisibility() === true && title.includes("Waybill");
      }),
    awaitGone: (key, text) =>
      awaitAfter(key, () => lines().length > 0 && !lines().some((line) => textOf(line) === text)),
    awaited: () => awaited,
    untilLine: async (text) => {
      await when(() => lines().some((line) => textOf(line) === text));
      return Date.now();
    },
    watchTyping,
    typed: () => {
      stopTyping();
      return typedMs;
    },
  };
}
