import { type QuickInputButton, type QuickPick, ThemeIcon, window } from "vscode";
import { shownTitle } from "../../../core/chat/shownTitle.ts";
import { titleFrom } from "../../../core/chat/titleText.ts";
import type { ChatSummary } from "../../../store/chatListing.ts";
import type { ChatStore } from "../../../store/chatStore.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { type ChatItem, type RowAction, chatItems, isRowButton } from "./chatItems.ts";
import { type ChatOpener, openIn } from "./chatOpener.ts";
import { exportStoredChat } from "./exportStoredChat.ts";

const MOST_SHOWN = 200;
/** A deleted chat can be brought back while its notice stands; nobody looks at that after a day. */
const KEPT_DELETED_MS = 24 * 60 * 60 * 1000;

/** Shows the chats until the person opens one or closes the list. */
export async function showChats(services: ExtensionServices, panel: { get(): Promise<ChatOpener> }): Promise<void> {
  const store = await (await services.engine.get()).chats();
  await store.purgeDeleted(Date.now() - KEPT_DELETED_MS);
  await new ChatList(services, { store, panel: await panel.get() }).closed;
}

class ChatList {
  readonly #services: ExtensionServices;
  readonly #store: ChatStore;
  readonly #panel: ChatOpener;
  readonly #pick: QuickPick<ChatItem> = window.createQuickPick<ChatItem>();
  readonly #end = Promise.withResolvers<void>();
  #isEverywhere = false;
  /** Hidden by a box that was opened from it and leads back. */
  #isAway = false;
  #isClosed = false;
  /** Grows with every search, so that a slow one never shows over a later one. */
  #searches = 0;

  constructor(services: ExtensionServices, { store, panel }: { store: ChatStore; panel: ChatOpener }) {
    this.#services = services;
    this.#store = store;
    this.#panel = panel;
    const pick = this.#pick;
    // The editor would sort by how labels match. No part of its published interface yet; where it is not known, nothing happens.
    Object.assign(pick, { sortByLabel: false });
    pick.placeholder = "Search titles, questions and answers";
    pick.onDidChangeValue(() => this.#attempt(this.#refresh()));
    pick.onDidTriggerButton(() => {
      this.#isEverywhere = !this.#isEverywhere;
      this.#attempt(this.#refresh());
    });
    pick.onDidTriggerItemButton(({ button, item: { chat } }) => {
      if (chat !== undefined && isRowButton(button)) this.#attempt(this.#act(button.action, chat));
    });
    pick.onDidAccept(() => this.#attempt(this.#open(pick.selectedItems[0]?.chat)));
    pick.onDidHide(() => {
      if (!this.#isAway) this.#close();
    });
    pick.show();
    this.#attempt(this.#refresh());
  }

  /** Settles when the list is closed; rejects with what went wrong in it. */
  get closed(): Promise<void> {
    return this.#end.promise;
  }

  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => {
      // The list may be closed already, and nobody waits for it any more.
      if (this.#isClosed) this.#services.log.error("chats", error);
      this.#end.reject(error);
      this.#close();
    });
  }

  #close(): void {
    this.#isClosed = true;
    this.#pick.dispose();
    this.#end.resolve();
  }

  async #refresh(): Promise<void> {
    this.#searches += 1;
    const search = this.#searches;
    const query = this.#pick.value;
    const workspace = workspaceKey();
    this.#pick.title = `Waybill: Chats of ${this.#isEverywhere ? "All Workspaces" : "This Workspace"}`;
    this.#pick.buttons = [this.#isEverywhere ? ONLY_HERE : EVERYWHERE];
    this.#pick.busy = true;
    const where = this.#isEverywhere ? {} : { workspace };
    const chats = await this.#store.listChats({ ...where, query, limit: MOST_SHOWN });
    if (search !== this.#searches || this.#isClosed) return;
    const isSearch = query.trim() !== "";
    const context = { workspace, nowMs: Date.now(), isSearch, isEverywhere: this.#isEverywhere };
    this.#pick.items = chatItems(chats, context);
    this.#pick.busy = false;
  }

  /** Like `refresh`, after a change of one row that is looked at. */
  async #refreshInPlace(): Promise<void> {
    if (this.#isClosed) return;
    this.#pick.keepScrollPosition = true;
    await this.#refresh();
    this.#pick.keepScrollPosition = false;
  }

  async #open(chat: ChatSummary | undefined): Promise<void> {
    if (chat === undefined) return;
    this.#pick.hide();
    await openIn(this.#panel, chat.id);
  }

  async #act(action: RowAction, chat: ChatSummary): Promise<void> {
    switch (action) {
      case "rename":
        return this.#aside(() => this.#rename(chat));
      case "export":
        return this.#aside(() => exportStoredChat(this.#services, chat.id));
      case "delete":
        return this.#delete(chat);
    }
  }

  /** Makes way for other boxes and comes back after them. */
  async #aside(work: () => Promise<void>): Promise<void> {
    this.#isAway = true;
    this.#pick.hide();
    await work();
    this.#isAway = false;
    this.#pick.show();
    await this.#refreshInPlace();
  }

  async #rename(chat: ChatSummary): Promise<void> {
    const title = await window.showInputBox({
      title: "Waybill: Rename Chat",
      value: shownTitle(chat),
      validateInput: (text) => (titleFrom(text) === "" ? "A title has at least one letter." : undefined),
    });
    if (title === undefined) return;
    await this.#store.saveTitle(chat.id, titleFrom(title), "person");
    this.#panel.noteChanged?.(chat.id);
  }

  async #delete(chat: ChatSummary): Promise<void> {
    if (this.#panel.isRunning?.(chat.id) === true) {
      void window.showInformationMessage(
        "This chat is being answered, so it was not deleted. Stop the answer or wait for its end, then delete it.",
      );
      return;
    }
    await this.#store.deleteChat(chat.id, Date.now());
    this.#panel.noteChanged?.(chat.id);
    this.#attempt(this.#offerUndo(chat));
    await this.#refreshInPlace();
  }

  async #offerUndo(chat: ChatSummary): Promise<void> {
    const answer = await window.showInformationMessage(
      `Deleted “${shownTitle(chat)}”. What it cost stays in the ledger.`,
      "Undo",
    );
    if (answer !== "Undo") return;
    await this.#store.restoreChat(chat.id);
    this.#panel.noteChanged?.(chat.id);
    await this.#refreshInPlace();
  }
}

const EVERYWHERE: QuickInputButton = { iconPath: new ThemeIcon("globe"), tooltip: "Show the Chats of All Workspaces" };
const ONLY_HERE: QuickInputButton = {
  iconPath: new ThemeIcon("folder"),
  tooltip: "Show the Chats of This Workspace Only",
};
