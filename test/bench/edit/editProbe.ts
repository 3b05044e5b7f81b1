/** What the window itself notes, so that the driver's time is in no figure. */
interface EditProbe {
  /** Milliseconds from the next key of this name until the input of an inline edit is visible. */
  untilInput(key: string): Promise<number>;
  /** When a line with exactly this text is first in the editor, in epoch milliseconds by the machine's clock. */
  untilLine(text: string): Promise<number>;
  /** Milliseconds from the next key of this name until a line with this text is no longer in the editor. */
  untilGone(key: string, text: string): Promise<number>;
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
  // The editor shows blanks as no-break spaces.
  const textOf = (line: Element): string => (line.textContent ?? "").replaceAll("\u00a0", " ");
  const lines = (): Element[] => [...document.querySelectorAll(".editor-instance .view-line")];
  const when = async (isThere: () => boolean): Promise<number> =>
    await new Promise((resolve) => {
      const timer = setInterval(() => {
        if (!isThere()) return;
        clearInterval(timer);
        resolve(performance.now());
      }, LOOK_EVERY_MS);
    });
  const pressed = async (key: string): Promise<number> =>
    await new Promise((resolve) => {
      const note = (event: KeyboardEvent): void => {
        if (event.key !== key) return;
        document.removeEventListener("keydown", note, { capture: true });
        resolve(event.timeStamp);
      };
      document.addEventListener("keydown", note, { capture: true });
    });
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
    untilInput: async (key) => {
      const input = (): HTMLElement | null => document.querySelector(".quick-input-widget");
      const [from, to] = await Promise.all([
        pressed(key),
        when(() => input()?.checkVisibility() === true && (input()?.textContent ?? "").includes("Waybill")),
      ]);
      return to - from;
    },
    untilLine: async (text) => {
      await when(() => lines().some((line) => textOf(line) === text));
      return Date.now();
    },
    untilGone: async (key, text) => {
      const from = await pressed(key);
      return (await when(() => lines().length > 0 && !lines().some((line) => textOf(line) === text))) - from;
    },
    watchTyping,
    typed: () => {
      stopTyping();
      return typedMs;
    },
  };
}
