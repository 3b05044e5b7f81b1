import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatStore, type StoredChat, type StoredMessage, openChatStore } from "../../src/store/chatStore.ts";

/** A folder for the chats of one test. Removing it closes the stores that were opened in it. */
export interface ChatFolder {
  readonly path: string;
  /** Another window, each time. */
  open(writer?: string): Promise<ChatStore>;
  remove(): void;
}

export function createChatFolder(): ChatFolder {
  const folder = mkdtempSync(join(tmpdir(), "waybill-chats-"));
  const path = join(folder, "chats.sqlite");
  const opened: ChatStore[] = [];
  return {
    path,
    open: async (writer) => {
      const store = await openChatStore(path, writer);
      opened.push(store);
      return store;
    },
    remove: () => {
      for (const store of opened) store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Gives each test of a suite a new file; to be called where the suite's own hooks would stand. */
export function withNewChats(take: (folder: ChatFolder, store: ChatStore) => void): void {
  let made: ChatFolder | undefined;
  beforeEach(async () => {
    made = createChatFolder();
    take(made, await made.open());
  });
  afterEach(() => made?.remove());
}

export function storedMessage(id: string, fields: Partial<StoredMessage> = {}): StoredMessage {
  return { id, role: "user", text: `text of ${id}`, reasoning: "", state: "done", details: "{}", ...fields };
}

export function storedChat(id: string, fields: Partial<StoredChat> = {}): StoredChat {
  return { id, workspace: "w", title: "", titleSource: "none", draft: "", choice: "", messages: [], ...fields };
}

/** The text of one save: long enough for several pages of the file, and telling at its end what was at its beginning. */
export function crashText(save: number): string {
  return `${save} ${"words of an answer ".repeat(200 + save)}${save}`;
}
