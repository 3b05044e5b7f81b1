import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import type { WebviewView } from "vscode";
import type { ToChatView } from "../../src/protocol/chatMessages.ts";
import { openChatStore } from "../../src/store/chatStore.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { reduce } from "../../src/webview/chat/reduce.ts";
import { SequenceGate } from "../../src/webview/chat/sequenceGate.ts";
import { type ViewState, initialViewState } from "../../src/webview/chat/viewState.ts";
import { END, text } from "./chatStage.ts";
import { servicesWith } from "./chatServices.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

/** What happens to the view between two pieces of the answer. `lose`: a message does not reach the page. */
type Moment = "nothing" | "hide" | "show" | "replace" | "resync" | "lose" | "frame";

interface Host {
  attach(view: WebviewView): void;
  detach(view: WebviewView): void;
  receive(message: unknown): void;
}

describe("an answer that is streamed into views that come and go", function () {
  this.timeout(60_000);
  let editor: EditorStage;
  before(() => {
    editor = openEditorStage();
  });
  after(() => editor.remove());

  it("is the same in the view and in the store at its end, with nothing lost and nothing twice", async () => {
    const moments = fc.array(
      fc.constantFrom<Moment>("nothing", "nothing", "frame", "hide", "show", "replace", "resync", "lose"),
      { minLength: 20, maxLength: 120 },
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(moments, async (chosen) => {
        runs += 1;
        await streamThrough(editor, chosen, join(editor.root, `chats${runs}.sqlite`));
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});

async function streamThrough(editor: EditorStage, moments: readonly Moment[], path: string): Promise<void> {
  const store = await openChatStore(path);
  const pieces = moments.map((_moment, index) => `\u00a7${index} 👩‍👩‍👧 `);
  const stage: { page?: Page; end?: () => void } = {};
  const runTurn = async function* (): AsyncGenerator<TurnEvent> {
    for (const [index, piece] of pieces.entries()) {
      yield text(piece);
      await play(moments[index] ?? "nothing");
    }
    // A page notices that something was lost with what comes next.
    stage.page?.loseNothing();
    yield END;
    stage.end?.();
  };
  const logged: string[] = [];
  const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
  const panel: Host = new ChatPanel(servicesWith(store, { done: [], logged, runTurn }));
  const play = async (moment: Moment): Promise<void> => {
    if (moment === "frame") await wait(17);
    else await wait(0);
    if (moment === "hide" || moment === "replace") stage.page?.close();
    if (moment === "show" || moment === "replace") stage.page = new Page(panel);
    if (moment === "resync") panel.receive({ type: "resync" });
    if (moment === "lose") stage.page?.lose();
  };
  stage.page = new Page(panel);
  const ended = new Promise<void>((resolve) => {
    stage.end = resolve;
  });
  panel.receive({ type: "send", text: "why?" });
  await ended;
  const shows = (page: Page) => page.answer()?.state === "done" && page.answer()?.text === whole;
  const whole = pieces.join("");
  const { page } = stage;
  if (page.isOpen)
    await until(
      () => shows(page),
      () => page.answer()?.text,
    );
  page.close();
  const fresh = new Page(panel);
  await until(
    () => shows(fresh),
    () => fresh.answer()?.text,
  );
  const chat = await store.latestChat(`file://${editor.project}`);
  assert.deepEqual(
    chat?.messages.map((message) => message.text),
    ["why?", whole],
  );
  assert.deepEqual(logged, []);
  store.close();
}

/** The page of a view: takes messages as the real one does, and is deaf once it is closed. */
class Page {
  readonly #host: Host;
  readonly #gate = new SequenceGate();
  readonly #view: WebviewView;
  #state: ViewState = initialViewState;
  isOpen = true;
  #loses = 0;

  constructor(host: Host) {
    this.#host = host;
    const postMessage = async (message: ToChatView) => this.#take(message);
    this.#view = { visible: true, webview: { postMessage } } as never;
    host.attach(this.#view);
    host.receive({ type: "ready" });
  }

  answer() {
    const message = this.#state.chat?.messages.at(-1);
    return message?.role === "assistant" ? message : undefined;
  }

  lose(): void {
    this.#loses += 1;
  }

  loseNothing(): void {
    this.#loses = 0;
  }

  close(): void {
    this.isOpen = false;
    this.#host.detach(this.#view);
  }

  #take(message: ToChatView): void {
    if (!this.isOpen) return;
    if (message.type === "delta" && this.#loses > 0) {
      this.#loses -= 1;
      return;
    }
    const verdict = this.#gate.judge(message);
    if (verdict === "apply") this.#state = reduce(this.#state, message);
    if (verdict === "resync") this.#host.receive({ type: "resync" });
  }
}

async function until(isSo: () => boolean, what: () => unknown): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    if (isSo()) return;
    await wait(10);
  }
  assert.fail(`the page shows ${String(what())}`);
}
