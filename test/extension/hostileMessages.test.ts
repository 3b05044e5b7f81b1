import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import fc from "fast-check";
import type { ChatHost } from "../../src/extension/features/chat/chatRequests.ts";
import type { LaterRequest } from "../../src/extension/features/chat/firstRequests.ts";
import type { FromChatView } from "../../src/protocol/chatMessages.ts";
import { parseChatMessage } from "../../src/protocol/parseChatMessage.ts";
import { type ChatStore, openChatStore } from "../../src/store/chatStore.ts";
import { servicesWith } from "./chatServices.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

const CODE = "rm -rf /";
/** One of every kind and shape, about messages that are there. */
const VALID: readonly FromChatView[] = [
  ...(["ready", "resync", "stop", "new-chat", "unqueue", "choose-model", "rename-chat", "show-chats"] as const).map(
    (type) => ({ type }),
  ),
  { type: "send", text: "hello" },
  { type: "send", text: "hello", answer: "send-anyway" },
  { type: "queue", text: "hello" },
  { type: "draft-changed", text: "hello" },
  { type: "open-link", href: "https://example.org/" },
  { type: "copy-text", text: "x", messageId: "a1" },
  { type: "correct-task", messageId: "a1", taskType: "refactor" },
  { type: "try-stronger", messageId: "a1" },
  { type: "show-route", messageId: "a1" },
  { type: "run-action", action: "continue", messageId: "a1" },
  { type: "view-failed", message: "x" },
  { type: "edit-question", messageId: "q1", text: "hello" },
  { type: "regenerate", messageId: "a1", how: "same" },
  { type: "show-sibling", messageId: "a1", offset: 1 },
  { type: "delete-message", messageId: "a1" },
  { type: "code-action", action: "terminal", messageId: "a1", code: CODE, languageId: "sh" },
  { type: "resolve-names", requestId: 1, messageId: "a1", candidates: ["src/a.ts"] },
  { type: "open-path", path: "src/a.ts" },
  { type: "open-symbol", name: "parseLine" },
  { type: "count-files", messageId: "a1" },
  { type: "apply-answer", messageId: "a1" },
  { type: "complete-mention", requestId: 1, query: "a" },
  { type: "add-mention", id: "file:src/a.ts" },
  { type: "drop-files", uris: ["file:///a.ts"] },
  { type: "paste-image", name: "a.png", mimeType: "image/png", base64: "AAAA" },
  { type: "remove-attachment", id: "a" },
  { type: "preview-attachment", id: "a" },
  { type: "run-slash", command: "clear", rest: "" },
];

describe("what a page that was taken over tells the host", function () {
  this.timeout(30_000);
  let editor: EditorStage;
  let store: ChatStore;
  /** What was done beside the editor: requests to models, writes. */
  const done: string[] = [];
  const logged: string[] = [];
  let panel: { receive(message: unknown): void };
  let handle: (request: LaterRequest) => Promise<void>;
  let shownChat: () => Promise<object>;

  before(async () => {
    editor = openEditorStage();
    store = await openChatStore(join(editor.root, "chats.sqlite"));
    await fillStore(store, `file://${editor.project}`);
    const services = servicesWith(store, { done, logged });
    const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
    const { OpenChats } = await import("../../src/extension/features/chat/openChats.ts");
    const { handleChatRequest } = await import("../../src/extension/features/chat/chatRequests.ts");
    const { ContextDesk } = await import("../../src/extension/features/chat/mentions/contextDesk.ts");
    panel = new ChatPanel(services);
    const chats = new OpenChats(services, {
      emit: () => undefined,
      tellAll: async () => undefined,
      isSeen: () => false,
      returnCode: () => undefined,
      tellProblem: () => undefined,
    });
    const desk = new ContextDesk(services, {
      emit: () => undefined,
      chatId: () => chats.shownId,
      asked: async () => assert.fail("nothing is typed"),
      isSeen: () => false,
      noteChange: () => undefined,
    });
    const compare = async () => undefined;
    const borrowKeyboard = () => async () => undefined;
    const host: ChatHost = { services, chats, desk: async () => desk, emit: () => undefined, compare, borrowKeyboard };
    handle = (request) => handleChatRequest(host, request);
    shownChat = () => chats.shown();
    assert.equal((await chats.shown()).messages.length, 2);
  });
  after(() => {
    store.close();
    editor.remove();
  });
  beforeEach(() => {
    for (const list of [done, logged, editor.effects]) list.length = 0;
  });

  it("does what it says where it is meant, so that doing nothing below says something", async () => {
    await handle({ type: "copy-text", text: "x", messageId: "a1" });
    await handle({ type: "open-path", path: "src/a.ts" });
    await handle({ type: "drop-files", uris: [`file://${editor.project}/src/a.ts`] });
    await handle({ type: "code-action", action: "terminal", messageId: "a1", code: "ls", languageId: "sh" });
    await handle({ type: "regenerate", messageId: "a1", how: "same" });
    const kinds = new Set(editor.effects.map(({ kind }) => kind));
    for (const kind of ["clipboard", "open", "read", "terminal"] as const) assert.ok(kinds.has(kind), kind);
    assert.ok(done.includes("runTurn") && done.includes("saveMessage"));
  });

  it("is dropped whole where it is anything but a message", () => {
    fc.assert(
      fc.property(ANYTHING, (value) => assertDropped(value)),
      { numRuns: 1_000 },
    );
    assertNothingDone();
  });

  it("is dropped whole where one field is missing, added, of another type or too large", () => {
    const taken: unknown[] = [];
    fc.assert(
      fc.property(mutated(), (value) => {
        const parsed = parseChatMessage(value);
        // Another text or another choice is a message like any other.
        if (parsed === undefined) assertDropped(value);
        else {
          assert.deepEqual(parsed, value);
          taken.push(value);
        }
      }),
      { numRuns: 1_500 },
    );
    assert.ok(taken.length < 500);
    assertNothingDone();
  });

  it("changes, asks and opens nothing where what it names is not there", async () => {
    const shown = await shownChat();
    await fc.assert(
      fc.asyncProperty(strayRequest(editor), async (request) => {
        assert.deepEqual(parseChatMessage(request), request, "it gets as far as the handlers");
        await handle(request);
        assert.deepEqual(done, []);
        for (const { kind, what } of editor.effects) {
          assert.ok(kind === "read" || kind === "open", `${kind} ${what}`);
          const file = resolve(what);
          assert.ok(file.startsWith(`${editor.project}/`), `${kind} of ${what}`);
        }
        editor.effects.length = 0;
      }),
      { numRuns: 1_000 },
    );
    assert.deepEqual(logged, []);
    assert.equal(await shownChat(), shown, "the chat with its answer under way stays the one that is shown");
    assert.equal(await readFile(join(editor.root, "outside.txt"), "utf8"), "text");
  });

  it("reaches the clipboard only by its own message, and no web address without the person's word", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (text, messageId) => {
        editor.effects.length = 0;
        await handle({ type: "open-link", href: text });
        assert.deepEqual(editor.effects, []);
        await handle({ type: "copy-text", text, messageId });
        assert.deepEqual(editor.effects, [{ kind: "clipboard", what: text }]);
        assert.deepEqual(done, []);
      }),
      { numRuns: 200 },
    );
  });

  function assertDropped(value: unknown): void {
    logged.length = 0;
    panel.receive(value);
    assert.deepEqual(logged, ["chat-message-dropped"]);
  }

  function assertNothingDone(): void {
    assert.deepEqual(done, []);
    assert.deepEqual(editor.effects, []);
  }
});

const ANYTHING = fc.oneof(
  fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom("type", "text", "messageId", "__proto__", "action"), fc.jsonValue()),
  fc.record({ type: fc.constantFrom("sends", "Ready", "__proto__", "constructor", "toString", "") }),
);

const BAD_VALUE = fc.oneof(
  fc.constantFrom<unknown>(
    ...[Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e308, null, undefined, true, "", [], {}, ["__proto__"]],
  ),
  fc.constant("x".repeat(2_000_001)),
  fc.anything(),
);

/** A valid message with one thing wrong. */
function mutated(): fc.Arbitrary<unknown> {
  return fc.constantFrom(...VALID).chain((message) => {
    const field = fc.constantFrom(...Object.keys(message));
    return fc.oneof(
      field.map((name) => Object.fromEntries(Object.entries(message).filter(([other]) => other !== name))),
      fc.tuple(field, BAD_VALUE).map(([name, value]) => ({ ...message, [name]: value })),
      fc.tuple(fc.string(), BAD_VALUE).map(([name, value]) => ({ ...message, [`${name}+`]: value })),
      fc.jsonValue().map((value) => withOwnPrototypeField(message, value)),
      fc.constant([message]),
      fc.constant(JSON.stringify(message)),
    );
  });
}

/** As `JSON.parse` makes it: a field with that name, not another prototype. */
function withOwnPrototypeField(message: object, value: unknown): object {
  return Object.defineProperty({ ...message }, "__proto__", { value, enumerable: true });
}

/** Valid requests about what is not there, or not the page's to name. */
function strayRequest({ project, root }: EditorStage): fc.Arbitrary<LaterRequest> {
  const known = new Set(["q1", "a1"]);
  const names = ["__proto__", "constructor", "", "A1", "a1 ", "a1\u0000", "../a1", "' OR 1=1 --"];
  const id = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...names)).filter((each) => !known.has(each));
  const way = fc
    .array(fc.constantFrom("..", ".", "src", "a.ts", "outside.txt", "etc", "passwd", "", "~", "%2e%2e", "C:", "\\"), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join("/"));
  const path = fc.oneof(
    way,
    way.map((each) => `${root}/${each}`),
    way.map((each) => `project/${each}`),
    fc.string({ maxLength: 100 }),
  );
  const uri = fc.oneof(
    way.map((each) => `file://${project}/${each}`),
    fc.constantFrom(`file://${project}/../outside.txt`, `file://${project}/%2e%2e/outside.txt`, "file:///etc/passwd"),
    fc.string({ minLength: 1, maxLength: 100 }),
    fc.constantFrom("vscode-userdata:/User/settings.json", "command:workbench.action.quit", "https://example.org/"),
  );
  const repeat = fc.constantFrom(
    ...(["try-again", "continue", "send-anyway", "allow-once", "raise-for-today", "ask-cheaper"] as const),
  );
  const offset = fc.constantFrom(-1 as const, 1 as const);
  const action = fc.constantFrom(...(["insert", "apply", "new-file", "terminal"] as const));
  return fc.oneof<fc.Arbitrary<LaterRequest>[]>(
    id.map((messageId) => ({ type: "try-stronger", messageId })),
    id.map((messageId) => ({ type: "regenerate", messageId, how: "same" })),
    id.map((messageId) => ({ type: "edit-question", messageId, text: "hello" })),
    id.map((messageId) => ({ type: "delete-message", messageId })),
    id.map((messageId) => ({ type: "show-route", messageId })),
    id.map((messageId) => ({ type: "correct-task", messageId, taskType: "refactor" })),
    fc.tuple(id, offset).map(([messageId, by]) => ({ type: "show-sibling", messageId, offset: by })),
    fc.tuple(id, repeat).map(([messageId, each]) => ({ type: "run-action", action: each, messageId })),
    repeat.map((each) => ({ type: "run-action", action: each })),
    fc.tuple(id, action).map(([messageId, each]) => {
      return { type: "code-action", action: each, messageId, code: CODE, languageId: "sh" };
    }),
    id.map((messageId) => ({ type: "count-files", messageId })),
    id.map((messageId) => ({ type: "apply-answer", messageId })),
    id.map((each) => ({ type: "add-mention", id: each })),
    uri.map((each) => ({ type: "add-mention", id: `file:${each}` })),
    id.map((each) => ({ type: "remove-attachment", id: each })),
    id.map((each) => ({ type: "preview-attachment", id: each })),
    path.map((each) => ({ type: "open-path", path: each })),
    fc.string({ maxLength: 100 }).map((name) => ({ type: "open-symbol", name })),
    fc.array(path, { maxLength: 5 }).map((candidates) => {
      return { type: "resolve-names", requestId: 1, messageId: "a1", candidates };
    }),
    fc.array(uri, { minLength: 1, maxLength: 5 }).map((uris) => ({ type: "drop-files", uris })),
  );
}

async function fillStore(store: ChatStore, workspace: string): Promise<void> {
  const common = { reasoning: "", state: "done", details: "{}" };
  await store.createChat("c", workspace, 1);
  await store.saveMessage("c", { ...common, id: "q1", role: "user", text: "why?" }, 1);
  await store.saveMessage("c", { ...common, id: "a1", parentId: "q1", role: "assistant", text: CODE }, 1);
}
