import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { FromChatView } from "../../src/protocol/chatMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";
import { parseRoutingMessage } from "../../src/protocol/parseRoutingMessage.ts";
import { parseSpendMessage } from "../../src/protocol/parseSpendMessage.ts";
import type { FromRoutingView } from "../../src/protocol/routingMessages.ts";
import type { FromSpendView } from "../../src/protocol/spendMessages.ts";
import { type ChatStore, openChatStore } from "../../src/store/chatStore.ts";
import { servicesWith } from "../extension/chatServices.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";

const DAYS = { firstDay: "2026-11-01", lastDay: "2026-11-20" };
const [messageId, text] = ["m1", "hello"];

/** One of every type; a type that is missing here does not compile. */
const CHAT: { readonly [Type in FromChatView["type"]]: Omit<Extract<FromChatView, { type: Type }>, "type"> } = {
  "add-mention": { id: "file:src/a.ts" },
  "apply-answer": { messageId },
  "choose-model": {},
  "code-action": { action: "terminal", messageId, code: "ls", languageId: "sh" },
  "complete-mention": { requestId: 1, query: "a" },
  "copy-text": { text, messageId },
  "correct-task": { messageId, taskType: "refactor" },
  "count-files": { messageId },
  "delete-message": { messageId },
  "draft-changed": { text },
  "drop-files": { uris: ["file:///a.ts"] },
  "edit-question": { messageId, text },
  "load-earlier": { beforeId: messageId, count: 1 },
  "new-chat": {},
  "open-link": { href: "https://example.org/" },
  "open-path": { path: "src/a.ts" },
  "open-symbol": { name: "parseLine" },
  "paste-image": { name: "a.png", mimeType: "image/png", base64: "AAAA" },
  "preview-attachment": { id: "a" },
  regenerate: { messageId, how: "same" },
  "remove-attachment": { id: "a" },
  "rename-chat": {},
  "resolve-names": { requestId: 1, messageId, candidates: ["src/a.ts"] },
  "run-action": { action: "continue", messageId },
  "run-slash": { command: "clear", rest: "" },
  "show-chats": {},
  "show-comparison": { messageId },
  "show-route": { messageId },
  "show-sibling": { messageId, offset: 1 },
  "summarise-answers": {},
  "try-stronger": { messageId },
  "use-answer": { messageId },
  "view-failed": { message: text },
  queue: { text },
  ready: {},
  resync: {},
  send: { text, answer: "send-anyway" },
  stop: {},
  unqueue: {},
};
const ROUTING: { readonly [Type in FromRoutingView["type"]]: Omit<Extract<FromRoutingView, { type: Type }>, "type"> } =
  {
    ready: {},
    "change-rule": { scope: "fix", rule: "profile", value: "economy" },
    revert: { scope: "all" },
    "dry-run": { text },
    "keep-text": { text },
    "show-now": {},
    "solve-problem": {},
    "open-settings": { where: "user" },
    "view-failed": { message: text },
  };
const SPEND: { readonly [Type in FromSpendView["type"]]: Omit<Extract<FromSpendView, { type: Type }>, "type"> } = {
  ready: {},
  "choose-period": { period: "12-months" },
  "choose-days": DAYS,
  "choose-dimension": { dimension: "workspace" },
  "show-rows": { filter: { ...DAYS, by: { dimension: "provider", value: "" }, kind: "stopped", sequence: 7 } },
  "turn-page": { to: "next" },
  export: { format: "csv" },
  forget: {},
  "solve-problem": {},
  "open-chat": {},
  "view-failed": { message: text },
};

/** Names that mean something in an object that nobody gave them to. */
const PROTOTYPE_NAMES = ["__proto__", "constructor", "prototype"];

/** One that does something where nothing is stored yet. */
const DOING = { chat: { type: "send", text }, routing: { type: "ready" }, spend: { type: "ready" } };

interface Page {
  readonly messages: readonly object[];
  readonly parse: (message: unknown) => unknown;
  /** As the editor hands it over. */
  receive: (message: unknown) => void;
}

describe("promise 12: no message of a page does more than its button", function () {
  this.timeout(30_000);
  let editor: EditorStage;
  let store: ChatStore;
  /** What the pages' messages led to: in the engine, the store, the settings and the pages. */
  const done: string[] = [];
  const logged: unknown[] = [];
  const pages: Readonly<Record<"chat" | "routing" | "spend", Page>> = {
    chat: { messages: typed(CHAT), parse: parseChatMessage, receive: () => assert.fail("not open") },
    routing: { messages: typed(ROUTING), parse: parseRoutingMessage, receive: () => assert.fail("not open") },
    spend: { messages: typed(SPEND), parse: parseSpendMessage, receive: () => assert.fail("not open") },
  };
  const names = Object.keys(pages) as readonly (keyof typeof pages)[];

  before(async () => {
    editor = openEditorStage();
    store = await openChatStore(join(editor.root, "chats.sqlite"));
    const listen = () => ({ dispose: () => undefined });
    let opened: (message: unknown) => void = () => assert.fail("no page listens");
    const webview = {
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        opened = listener;
        return { dispose: () => undefined };
      },
      postMessage: async () => done.push("postMessage"),
      asWebviewUri: (uri: unknown) => uri,
    };
    const panel = { webview, visible: true, onDidChangeViewState: listen, onDidDispose: listen };
    editor.change("window", { createWebviewPanel: () => panel });
    editor.change("workspace", { onDidChangeConfiguration: listen });
    const base = servicesWith(store, { done, logged: [] });
    const log = { ...base.log, warn: (event: string, fields?: object) => void logged.push([event, fields]) };
    const { Uri } = await import("vscode");
    const services = { ...base, log, context: { ...base.context, extensionUri: Uri.file("/extension") } };
    const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
    const { RoutingPanel } = await import("../../src/extension/features/routing/routingPanel.ts");
    const { SpendPanel } = await import("../../src/extension/features/spend/spendPanel.ts");
    const chat = new ChatPanel(services);
    pages.chat.receive = (message) => chat.receive(message);
    for (const [name, tab] of [
      ["routing", new RoutingPanel(services)],
      ["spend", new SpendPanel(services)],
    ] as const) {
      tab.show();
      pages[name].receive = opened;
    }
    // A page that has reported is not watched any longer, and what was read ahead has ended.
    for (const name of names) pages[name].receive({ type: "view-failed", message: "" });
    await settle();
  });
  after(() => {
    store.close();
    editor.remove();
  });
  beforeEach(async () => {
    await settle();
    for (const list of [done, logged, editor.effects]) list.length = 0;
  });

  for (const name of names) {
    const { messages, parse } = pages[name];

    it(`takes each kind of message of ${name}, and does something for one, so that doing nothing below says something`, async () => {
      for (const message of messages) assert.deepEqual(parse(message), message);
      pages[name].receive(DOING[name]);
      await settle();
      assert.notDeepEqual(done, []);
      assert.deepEqual(logged, []);
    });

    it(`drops and counts what is no message of ${name}, whole and without doing anything`, async () => {
      fc.assert(
        fc.property(strange(messages), (value) => {
          // Another text or another choice is a message like any other.
          fc.pre(parse(value) === undefined);
          assertDropped(name, value);
        }),
        { numRuns: 400 },
      );
      await settle();
      assert.deepEqual([done, editor.effects], [[], []]);
      const counts = logged.map((line) => countOf(line));
      assert.ok(counts.length > 200);
      assert.deepEqual(
        counts,
        counts.map((_count, index) => (counts[0] ?? 0) + index),
      );
    });

    it(`takes no name of a prototype for a field, a type or a choice of ${name}`, async () => {
      for (const message of messages) {
        for (const field of PROTOTYPE_NAMES) {
          for (const value of [{ type: "ready", isAdmin: true }, "x", null]) {
            for (const altered of withFieldEverywhere(message, field, value)) assertDropped(name, altered);
          }
          // Fields that are only there by way of a prototype are not the message's own.
          assertDropped(name, Object.defineProperty({}, field, { value: message, enumerable: true }));
          assertDropped(name, { ...message, type: field });
          const named = Object.fromEntries(
            Object.entries(message).map(([key, value]) => [key, key === "type" ? value : field]),
          );
          const parsed = parse(named);
          if (parsed !== undefined) assert.deepEqual(parsed, named);
        }
      }
      await settle();
      assert.deepEqual([done, editor.effects], [[], []]);
      assert.deepEqual([Reflect.get({}, "isAdmin"), Object.keys(Object.prototype)], [undefined, []]);
    });

    it(`refuses 100 MB of ${name} in whatever field, and what has no end, without looking through it`, async () => {
      const long = "x".repeat(100_000_000);
      for (const message of messages) {
        for (const field of [...Object.keys(message), "more"]) {
          assertDropped(name, { ...message, [field]: long });
          const { list, reads } = longList();
          assertDropped(name, { ...message, [field]: list });
          assert.equal(reads(), 0, `${field} was looked through`);
        }
      }
      assertDropped(name, { ...messages[0], [long.slice(0, 9_000_000)]: 1 });
      const endless: Record<string, unknown> = { type: "ready" };
      for (let index = 0; index < 500; index += 1) endless[`own${index}`] = endless;
      assertDropped(name, endless);
      assertDropped(name, new Uint8Array(100_000_000));
      await settle();
      assert.deepEqual([done, editor.effects], [[], []]);
    });
  }

  /** What messages have begun has come to its end, modules that are loaded for it included. */
  async function settle(): Promise<void> {
    for (let quiet = 0, before = -1; quiet < 3; before = done.length) {
      await sleep(20);
      quiet = done.length === before ? quiet + 1 : 0;
    }
  }

  function assertDropped(name: keyof typeof pages, value: unknown): void {
    const before = logged.length;
    pages[name].receive(value);
    assert.equal(logged.length, before + 1);
    assert.match(JSON.stringify(logged.at(-1)), new RegExp(`^\\["${name}-message-dropped",\\{"count":\\d+\\}\\]$`));
  }
});

function typed(messages: Readonly<Record<string, object>>): readonly object[] {
  return Object.entries(messages).map(([type, fields]) => ({ type, ...fields }));
}

function countOf(line: unknown): number {
  const fields: unknown = Array.isArray(line) ? line[1] : undefined;
  const count: unknown = Reflect.get(Object(fields), "count");
  assert.ok(typeof count === "number");
  return count;
}

/** Anything at all, and messages with one thing wrong. */
function strange(messages: readonly object[]): fc.Arbitrary<unknown> {
  const wrong = fc.oneof(fc.anything(), fc.constantFrom(Number.NaN, -1, 1e308, null, [], {}, "__proto__"));
  return fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true, withSparseArray: true }),
    fc.constantFrom(...messages).chain((message) =>
      fc.oneof(
        fc
          .tuple(fc.constantFrom(...Object.keys(message)), wrong)
          .map(([field, value]) => ({ ...message, [field]: value })),
        fc.tuple(fc.string(), wrong).map(([field, value]) => ({ ...message, [`${field}+`]: value })),
        fc.constantFrom([message], JSON.stringify(message)),
      ),
    ),
  );
}

/** The field as `JSON.parse` makes it, an own one, in the message and in each object in it. */
function withFieldEverywhere(message: object, field: string, value: unknown): readonly object[] {
  const altered = Object.defineProperty({ ...message }, field, { value, enumerable: true });
  const inside = Object.entries(message).flatMap(([name, part]) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? withFieldEverywhere(part, field, value).map((each) => ({ ...message, [name]: each }))
      : [],
  );
  return [altered, ...inside];
}

/** Of nine million places; tells how many of them were read. */
function longList(): { readonly list: readonly unknown[]; readonly reads: () => number } {
  let reads = 0;
  const places: unknown[] = [];
  const list = new Proxy(places, {
    get: (target, name) => {
      if (name === "length") return 9_000_000;
      if (typeof name === "string" && /^\d/.test(name)) reads += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { list, reads: () => reads };
}
