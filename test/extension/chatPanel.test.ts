import assert from "node:assert/strict";
import { join } from "node:path";
import type { WebviewView } from "vscode";
import type { ToChatView } from "../../src/protocol/chatMessages.ts";
import { openChatStore } from "../../src/store/chatStore.ts";
import { eventually } from "../setup/eventually.ts";
import { servicesWith } from "./chatServices.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

describe("the chat panel", function () {
  this.timeout(20_000);
  let editor: EditorStage;
  beforeEach(() => {
    editor = openEditorStage();
  });
  afterEach(() => editor.remove());

  it("never shows the chat before over the one that was opened meanwhile", async () => {
    const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
    const store = await openChatStore(join(editor.root, "chats.sqlite"));
    for (const id of ["one", "two"]) await store.createChat(id, "w", 1);
    const services = servicesWith(store, { done: [], logged: [], state: new Map([["waybill.chat.shown", "one"]]) });
    // What is known of the key comes late for the first telling.
    const slow = Promise.withResolvers<"present">();
    let asked = 0;
    const state = () => ((asked += 1) === 1 ? slow.promise : Promise.resolve("present"));
    const settings = { gatewayUrl: new URL("https://gateway.example"), keyChoice: { kind: "named", name: "work" } };
    const panel = new ChatPanel({
      ...services,
      keys: { onDidChange: () => ({ dispose: () => undefined }), state },
      settings: () => ({ ...services.settings(), ...settings }),
    } as never);
    const shown: string[] = [];
    const postMessage = async (message: ToChatView) => {
      if (message.type === "snapshot") shown.push(message.state.chatId);
    };
    panel.attach({ visible: true, webview: { postMessage } } as unknown as WebviewView);
    panel.receive({ type: "ready" });
    await eventually(async () => assert.equal(asked, 1), 5_000);
    await panel.openChat("two");
    slow.resolve("present");
    await eventually(async () => assert.equal(shown.length, 2), 5_000);
    assert.deepEqual(shown, ["two", "two"]);
    services.disposables.dispose();
    store.close();
  });
});
