import { window, workspace } from "vscode";
import type { ChatChange } from "../../../../protocol/chatMessages.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import { Paced } from "../../../platform/paced.ts";
import { PendingContext } from "../pendingContext.ts";
import { isIgnoreFile } from "../../outgoing/ignoreFiles.ts";
import { hasProblems } from "../selectionContext.ts";
import { ContextPreview } from "./contextPreview.ts";
import { droppedItems } from "./dropFiles.ts";
import { EditorSelection } from "./editorSelection.ts";
import { imageItem } from "./imageItem.ts";
import { isInstructions, readInstructions } from "./instructions.ts";
import { LeftOut } from "./leftOut.ts";
import { MentionSource } from "./mentionSource.ts";
import { type NearbyKind, NearbyWatch } from "./nearbyWatch.ts";
import { type NotAttached, type PendingItem, isAttached } from "./pendingItem.ts";
import { type WeighPorts, type WeighedContext, weighContext } from "./weighContext.ts";

/** What the context of questions needs of the chat it belongs to. */
export interface DeskPorts {
  readonly emit: (change: ChatChange) => void;
  /** The chat that the view shows. */
  readonly chatId: () => string;
  /** What is typed there, and what it would ask. */
  readonly asked: () => Promise<{ readonly draft: string; readonly orderWith: WeighPorts["orderWith"] }>;
  readonly isSeen: () => boolean;
  /** Something else goes along now, so the price is another. */
  readonly noteChange: () => void;
}

/** What goes along is not weighed more often than this. */
const WEIGH_PERIOD_MS = 300;

/** Everything about what goes along with a question: finds it, reads it, shows it, and weighs it beside the typing. */
export class ContextDesk {
  readonly pending: PendingContext;
  readonly #services: ExtensionServices;
  readonly #ports: DeskPorts;
  readonly #mentions = new MentionSource();
  readonly #selection = new EditorSelection(() => this.tell());
  readonly #weighing: Paced;
  readonly #nearby: NearbyWatch;
  /** Made with the first look at something. */
  #preview: ContextPreview | undefined;
  /** The view shows a meter, or a notice. */
  #shown: { meter: boolean; notice: boolean } = { meter: false, notice: false };

  constructor(services: ExtensionServices, ports: DeskPorts) {
    this.#services = services;
    this.#ports = ports;
    const { disposables, context } = services;
    const leftOut = new LeftOut(context.workspaceState);
    const mask = (text: string) => services.engine.mask(text);
    this.pending = new PendingContext({ selected: () => this.#selection.code(), chatId: ports.chatId, leftOut, mask });
    this.#weighing = disposables.add(new Paced(() => this.#weigh(), WEIGH_PERIOD_MS));
    this.#nearby = disposables.add(
      new NearbyWatch({
        isWanted: () => services.settings().sendsNearby && ports.isSeen(),
        set: (item, base) => this.#setNearby(item, base),
      }),
    );
    disposables.add(window.onDidChangeTextEditorSelection(() => this.#noteSelection()));
    disposables.add(window.onDidChangeActiveTextEditor(() => this.#noteSelection()));
    disposables.add(workspace.onDidGrantWorkspaceTrust(() => void this.readInstructions()));
    disposables.add(workspace.onDidChangeWorkspaceFolders(() => void this.readInstructions()));
    disposables.add(
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (isInstructions(uri) || isIgnoreFile(uri)) void this.readInstructions();
        if (isIgnoreFile(uri)) void this.settle();
      }),
    );
  }

  /** Whether the editor reports problems in what goes along. */
  hasDiagnostics(): boolean {
    const items = this.pending.items();
    return (
      items.some(({ kind }) => kind === "problems") || (items.some(({ kind }) => kind === "selection") && hasProblems())
    );
  }

  /** Reads the project's instructions as they are now. Never rejects. */
  async readInstructions(): Promise<void> {
    const items = this.#services.settings().sendsInstructions ? await readInstructions() : [];
    this.pending.setInstructions(items);
    this.tell();
  }

  /** What is selected may be sent or not by the rules as they are now. To be waited for before it is. Never rejects. */
  settle(): Promise<void> {
    return this.#selection.settle();
  }

  /** The draft has changed, and with it how much room is left. With its first letter the instructions are looked at again. */
  noteDraft(isFirstLetter: boolean): void {
    if (isFirstLetter) void this.readInstructions();
    this.#clearNotice();
    this.#weighing.ask();
  }

  /** Something else of the conversation is sent along, or to another model. */
  noteConversation(): void {
    this.#weighing.ask();
  }

  /** The view was told everything anew; a meter and a notice are no part of that. */
  noteSnapshot(): void {
    this.#shown = { meter: false, notice: false };
    void this.readInstructions();
    this.#noteSelection();
    this.#weighing.ask();
  }

  /** Tells the view what goes along, where it does not know. */
  tell(): void {
    const pendingAttachments = this.pending.tellChange();
    if (pendingAttachments === undefined) return;
    this.#ports.emit({ kind: "attachments-changed", pendingAttachments });
    this.#ports.noteChange();
    this.#weighing.ask();
  }

  async complete(requestId: number, query: string): Promise<void> {
    const items = await this.#mentions.complete(query).catch(() => []);
    this.#ports.emit({ kind: "mentions-offered", requestId, items });
  }

  async addMention(id: string): Promise<void> {
    const item = await this.#mentions.read(id);
    this.#attach(item === undefined ? [] : [item]);
  }

  async addDropped(uris: readonly string[]): Promise<void> {
    this.#attach(workspace.isTrusted ? await droppedItems(uris) : [NOT_TRUSTED]);
  }

  addImage(name: string, base64: string): void {
    this.#attach([imageItem(name, base64)]);
  }

  remove(id: string): void {
    this.pending.remove(id);
    this.tell();
  }

  async show(id: string): Promise<void> {
    const code = this.pending.find(id);
    this.#preview ??= this.#services.disposables.add(new ContextPreview());
    if (code !== undefined) await this.#preview.show(code);
  }

  notify(notice: string): void {
    this.#shown.notice = true;
    this.#ports.emit({ kind: "notice-changed", notice });
  }

  #attach(items: readonly (PendingItem | NotAttached)[]): void {
    this.#clearNotice();
    const notices = items.flatMap((item) => {
      if (!isAttached(item)) return [item.notice];
      return this.pending.add(item) ? [] : ["No more than 50 things can go along with one question."];
    });
    this.tell();
    if (notices.length > 0) this.notify([...new Set(notices)].join(" "));
  }

  #noteSelection(): void {
    this.#nearby.note();
    this.#selection.note();
    this.tell();
  }

  #setNearby(item: PendingItem | undefined, base: NearbyKind): void {
    this.pending.setNearby(item, base);
    this.tell();
  }

  #clearNotice(): void {
    if (this.#shown.notice) this.#ports.emit({ kind: "notice-changed" });
    this.#shown.notice = false;
  }

  /** Most windows never hold a draft or a mention, and nothing is opened for less. */
  async #weigh(): Promise<void> {
    if (!this.#ports.isSeen()) return;
    // Whatever is wrong with the settings or the ledger is told of by the turn.
    const weighed = await this.#weighNow().catch(() => undefined);
    for (const { item, text, note, tokens } of weighed?.items ?? []) {
      const fitted = { text, ...(note === undefined ? {} : { note }) };
      this.pending.weigh(item, { fitted, ...(tokens === undefined ? {} : { tokens }) });
    }
    this.tell();
    this.#tellMeter(weighed?.meter);
  }

  async #weighNow(): Promise<WeighedContext | undefined> {
    const { draft, orderWith } = await this.#ports.asked();
    if (draft.trim() === "" && !this.pending.hasMentions) return undefined;
    const engine = await this.#services.engine.get();
    const condensing = { atPercent: this.#services.settings().condenseAt, nowMs: Date.now() };
    const routeKnown: WeighPorts["routeKnown"] = (order) => engine.routeKnown(order);
    return weighContext({ orderWith, routeKnown, condensing }, this.pending.items());
  }

  #tellMeter(meter: WeighedContext["meter"]): void {
    if (meter === undefined && !this.#shown.meter) return;
    this.#shown.meter = meter !== undefined;
    this.#ports.emit({ kind: "meter-changed", ...(meter === undefined ? {} : { meter }) });
  }
}

const NOT_TRUSTED: NotAttached = {
  notice: "This workspace is not trusted, so nothing of it is read or sent. Trust it, then drop the files again.",
};
