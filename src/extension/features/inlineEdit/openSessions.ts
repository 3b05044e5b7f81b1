import {
  type Disposable,
  type FileWillRenameEvent,
  type TextDocument,
  type TextEditor,
  type Uri,
  commands,
  languages,
  window,
  workspace,
} from "vscode";
import { CONTEXT_KEYS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { ChangeDecorations } from "./changeDecorations.ts";
import { ChangeLenses } from "./changeLenses.ts";
import type { InlineSession } from "./inlineSession.ts";
import { OpenEdits } from "./openEdits.ts";

const SAVE_AS_IT_IS = "workbench.action.files.saveWithoutFormatting";

/** The edits that are open, at most one in each document, and all that the editor shows of them. */
export class OpenSessions implements Disposable {
  readonly decorations = new ChangeDecorations();
  readonly #sessions = new Map<TextDocument, InlineSession>();
  readonly #lenses = new ChangeLenses((document) => this.#sessions.get(document));
  readonly #kept: OpenEdits;

  constructor({ context, disposables }: Pick<ExtensionServices, "context" | "disposables">) {
    this.#kept = new OpenEdits(context.workspaceState, disposables);
    for (const each of [
      this,
      this.decorations,
      this.#lenses,
      languages.registerCodeLensProvider({ scheme: "*" }, this.#lenses),
      window.onDidChangeActiveTextEditor(() => this.showContext()),
      window.onDidChangeVisibleTextEditors((editors) => this.#showAgain(editors)),
      workspace.onDidSaveTextDocument((document) => void this.#afterSave(document)),
      workspace.onWillRenameFiles((event) => this.#letGo(event)),
      workspace.onDidCloseTextDocument((document) => void this.#drop(document)),
    ])
      disposables.add(each);
  }

  of(document: TextDocument): InlineSession | undefined {
    return this.#sessions.get(document);
  }

  find(uri: string): InlineSession | undefined {
    return [...this.#sessions.values()].find(({ document }) => document.uri.toString() === uri);
  }

  isOpen(session: InlineSession): boolean {
    return this.#sessions.get(session.document) === session;
  }

  async add(session: InlineSession): Promise<void> {
    this.#sessions.set(session.document, session);
    await this.#kept.open(session.document.uri, session.original.text);
    this.showContext();
    this.changed(session);
  }

  /** No command is for it any more; what is shown of it goes with `clear`. */
  remove({ document }: InlineSession): void {
    this.#sessions.delete(document);
  }

  /** The changes that a save took out of the document stand in it again. */
  async show(session: InlineSession): Promise<void> {
    await session.writer.write(() => session.review.unpark());
    this.changed(session);
  }

  /** What is in the document is the person's from now on. */
  async leave(session: InlineSession): Promise<void> {
    this.remove(session);
    await session.leave();
    await this.clear(session.document);
  }

  /** The same, with what a save took out of the document. */
  async keep(session: InlineSession): Promise<void> {
    if (session.review.isParked) await this.show(session);
    await this.leave(session);
  }

  async clear(document: TextDocument): Promise<void> {
    for (const editor of window.visibleTextEditors) if (editor.document === document) this.decorations.clear(editor);
    this.#lenses.refresh();
    this.showContext();
    await this.#kept.close(document.uri);
  }

  changed(session: InlineSession): void {
    if (session.phase === "over") return;
    for (const editor of window.visibleTextEditors)
      if (editor.document === session.document) this.decorations.showReview(editor, session.review);
    this.#lenses.refresh();
  }

  showContext(): void {
    const document = window.activeTextEditor?.document;
    const isEditing = document !== undefined && this.#sessions.has(document);
    void commands.executeCommand("setContext", CONTEXT_KEYS.isEditingInline, isEditing);
  }

  /** Tells of edits that were open when a window died. */
  mend(): Promise<void> {
    return this.#kept.mend();
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop();
  }

  /** An editor that shows the document anew lacks what was written meanwhile, and its decorations. */
  #showAgain(editors: readonly TextEditor[]): void {
    for (const { document } of editors) {
      const session = this.#sessions.get(document);
      if (session !== undefined) void session.writer.catchUp().then(() => this.changed(session));
    }
  }

  async #drop(document: TextDocument): Promise<void> {
    const session = this.of(document);
    // The editor says the same of a document that gets another language.
    if (session !== undefined && document.isClosed) await this.leave(session);
  }

  async #afterSave(document: TextDocument): Promise<void> {
    const session = this.of(document);
    if (session === undefined) return;
    // The save has written what was accepted; what the person typed into the rest is theirs.
    if (session.isTorn && session.review.isParked) await this.show(session);
    else if (!session.isTorn && !session.review.isParked && session.writer.hasWritten) await this.#saveAgain(session);
  }

  /** A save that asks no extension before has written what waits, too. */
  async #saveAgain(session: InlineSession): Promise<void> {
    const { document, writer, review } = session;
    writer.forgetHistory();
    await writer.write(() => review.park());
    this.changed(session);
    if (window.activeTextEditor?.document === document) await commands.executeCommand(SAVE_AS_IT_IS);
    else await document.save();
  }

  /** Under its new name a file is another document: it gets what was accepted, and nothing that waits. */
  #letGo(event: FileWillRenameEvent): void {
    const isMoved = ({ path }: Uri) =>
      event.files.some(({ oldUri }) => path === oldUri.path || path.startsWith(`${oldUri.path}/`));
    for (const session of this.#sessions.values())
      if (isMoved(session.document.uri)) event.waitUntil(this.#takeOut(session));
  }

  /** Says nothing of the answer. */
  async #takeOut(session: InlineSession): Promise<void> {
    if (session.isTorn) return this.keep(session);
    const { document, review } = session;
    this.remove(session);
    await session.finish(review.acceptedShare().accepted > 0 ? "decided" : "original");
    await this.clear(document);
    const name = workspace.asRelativePath(document.uri, false);
    void window.showInformationMessage(
      `${name} gets another name, so the changes that waited in it were taken back. Ask for them again there.`,
    );
  }
}
