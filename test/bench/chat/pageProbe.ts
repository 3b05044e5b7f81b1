import type { ChatChange, ChatViewState, MessageView } from "../../../src/protocol/chatMessages.ts";

/** What stands in a page for the extension host, and watches the page. Runs there, so it may use nothing from outside. */
interface PageProbe {
  /** Hands over the pieces at an even pace; resolves in the second frame after the last one, with what was seen. */
  readonly stream: (pieces: readonly string[], perSecond: number) => Promise<StreamSeen>;
  /** Milliseconds from handing over a whole chat until it was painted. */
  readonly openChat: (messages: readonly MessageView[]) => Promise<number>;
  /** Adds an answer as a whole. */
  readonly addAnswer: (id: string, text: string) => Promise<void>;
  /** The HTML of the last answer, or of the peer's page. */
  readonly html: () => string;
  /** For each key: from the press until its handlers had run, and until the next paint. */
  readonly keys: { readonly handledMs: number; readonly paintedMs: number }[];
}

interface StreamSeen {
  readonly frameMs: readonly number[];
  readonly longTaskMs: readonly number[];
  /** From the last piece until it was painted. */
  readonly behindMs: number;
}

declare global {
  interface Window {
    readonly probe: PageProbe;
    showPiece?: (piece: string) => void;
  }
}

interface ProbeOptions {
  readonly state: ChatViewState;
  /** So many messages come with a snapshot. */
  readonly pageLength: number;
  /** What comes within this time comes as one message. */
  readonly joinMs: number;
}

/** To be given to `addInitScript`. */
export function installProbe({ state, pageLength, joinMs }: ProbeOptions): void {
  const longTaskMs: number[] = [];
  const keys: { handledMs: number; paintedMs: number }[] = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTaskMs.push(duration);
  }).observe({ type: "longtask" });
  const eventTiming: PerformanceObserverInit & { durationThreshold: number } = { type: "event", durationThreshold: 16 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name !== "keydown" || !("processingEnd" in entry)) continue;
      keys.push({ handledMs: Number(entry.processingEnd) - entry.startTime, paintedMs: entry.duration });
    }
  }).observe(eventTiming);

  let sequence = 0;
  const post = (message: object): void => window.postMessage({ ...message, sequence: (sequence += 1) }, "*");
  const change = (kind: ChatChange): void => post({ type: "delta", change: kind });
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const snapshot = (messages: readonly MessageView[], earlier: number): void =>
    post({
      type: "snapshot",
      state: { ...state, chatId: crypto.randomUUID(), messages, ...(earlier === 0 ? {} : { earlier }) },
    });
  const answer = (id: string, text: string, isDone: boolean): MessageView => ({
    role: "assistant",
    id,
    text,
    reasoning: "",
    state: isDone ? "done" : "streaming",
  });
  const showPiece = (piece: string): void => {
    if (window.showPiece === undefined) change({ kind: "text-appended", messageId: "streamed", text: piece });
    else window.showPiece(piece);
  };

  const stream = async (pieces: readonly string[], perSecond: number): Promise<StreamSeen> => {
    if (window.showPiece === undefined) {
      change({ kind: "message-added", message: { role: "user", id: "question", text: "Go", attachments: [] } });
      change({ kind: "message-added", message: answer("streamed", "", false) });
    }
    await frame();
    longTaskMs.length = 0;
    const frameMs: number[] = [];
    const over = new AbortController();
    const watch = async (): Promise<void> => {
      for (let last = await frame(); !over.signal.aborted;) {
        const now = await frame();
        frameMs.push(now - last);
        last = now;
      }
    };
    const watched = watch();
    const startedMs = performance.now();
    const isOurs = window.showPiece === undefined;
    let sentMs = startedMs;
    for (let next = 0; next < pieces.length;) {
      await new Promise((resolve) => setTimeout(resolve, 4));
      const due = Math.min(pieces.length, Math.floor(((performance.now() - startedMs) / 1000) * perSecond));
      // The extension host joins what comes within a frame; the peers get every piece.
      if (isOurs && due < pieces.length && performance.now() - sentMs < joinMs) continue;
      sentMs = performance.now();
      const added = pieces.slice(next, due);
      for (const piece of isOurs ? [added.join("")] : added) showPiece(piece);
      next = due;
    }
    const lastMs = performance.now();
    await frame();
    await frame();
    const behindMs = performance.now() - lastMs;
    over.abort();
    await watched;
    if (window.showPiece === undefined) change({ kind: "answer-changed", messageId: "streamed", state: "done" });
    return { frameMs, longTaskMs: [...longTaskMs], behindMs };
  };

  const probe: PageProbe = {
    stream,
    keys,
    openChat: async (messages) => {
      const startedMs = performance.now();
      // As the extension host does: the newest, and how many stand before them.
      const shown = messages.slice(-pageLength);
      snapshot(shown, messages.length - shown.length);
      await frame();
      await frame();
      return performance.now() - startedMs;
    },
    addAnswer: async (id, text) => {
      change({ kind: "message-added", message: { role: "user", id: `q-${id}`, text: "Go on", attachments: [] } });
      change({ kind: "message-added", message: answer(id, text, true) });
      await frame();
    },
    html: () => {
      const inside = (root: ParentNode | null | undefined, tag: string): ParentNode | null | undefined =>
        [...(root?.querySelectorAll(tag) ?? [])].at(-1)?.shadowRoot;
      const list = inside(inside(inside(document, "waybill-chat"), "waybill-panel"), "waybill-message-list");
      const shown = inside(inside(list, "waybill-answer"), "waybill-markdown")?.querySelector(".markdown");
      return (shown ?? document.querySelector("main"))?.innerHTML ?? "";
    },
  };
  const onMessage = ({ type }: { readonly type: string }): void => {
    if (type === "ready" || type === "resync") setTimeout(() => snapshot([], 0), 0);
  };
  Object.assign(window, { probe, acquireVsCodeApi: () => ({ postMessage: onMessage }) });
}
