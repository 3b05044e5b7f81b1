import {
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentWillSaveEvent,
  type TextEditor,
  commands,
  languages,
  window,
  workspace,
} from "vscode";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { COMMANDS, CONTEXT_KEYS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { NOTHING_TO_APPLY, tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { UndoneFixes } from "../codeActions/undoneFixes.ts";
import { mayWrite } from "../edits/writeGate.ts";
import { askForEdit, tell } from "./askForEdit.ts";
import { ChangeDecorations } from "./changeDecorations.ts";
import { ChangeLenses } from "./changeLenses.ts";
import { editInDiffTab, savesByItself } from "./diffTab.ts";
import type { InlineCommand } from "./inlineCommands.ts";
import type { InlineWish } from "./inlineOrder.ts";
import { InlineSession, ask } from "./inlineSession.ts";
import type { InlineTarget } from "./inlineTarget.ts";
import { MentionDesk } from "./mentionDesk.ts";
import { currentHunk, stepToHunk } from "./currentHunk.ts";
import { OpenEdits } from "./openEdits.ts";
import { editorOf } from "./regionWriter.ts";
import { TakenBack } from "./takenBack.ts";
import { wishOfOther, wishOfStronger, wishRefined } from "./wishAgain.ts";

/** Edits that stream into the document and wait there, at most one in each document. */
export class InlineEdits implements Disposable {
  readonly #services: ExtensionServices;
  readonly #sessions = new Map<TextDocument, InlineSession>();
  /** Edits whose changes may be written, as far as the person agrees to each. */
  readonly #agreed = new WeakSet<InlineSession>();
  readonly #decorations = new ChangeDecorations();
  readonly #lenses = new ChangeLenses((document) => this.#sessions.get(document));
  readonly #desk = new MentionDesk();
  readonly #takenBack = new TakenBack();
  readonly #open: OpenEdits;
  readonly #undone: UndoneFixes;

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#open = new OpenEdits(services.context.workspaceState);
    this.#undone = new UndoneFixes((turnId, kind) => this.#noteOutcome(turnId, kind));
    const { disposables } = services;
    for (const each of [
      this,
      this.#decorations,
      this.#lenses,
      this.#undone,
      languages.registerCodeLensProvider({ scheme: "*" }, this.#lenses),
      workspace.onDidChangeTextDocument((event) => this.#noteChange(event)),
      workspace.onWillSaveTextDocument((event) => this.#park(event)),
      workspace.onDidCloseTextDocument((document) => void this.#drop(document)),
      window.onDidChangeActiveTextEditor(() => this.#showContext()),
      window.onDidChangeVisibleTextEditors((editors) => this.#showAgain(editors)),
    ])
      disposables.add(each);
  }

  /** What a command does; commands other than the first are for the edit of the active editor. */
  async run(command: InlineCommand, parameters: readonly unknown[]): Promise<void> {
    const editor = window.activeTextEditor;
    if (command === COMMANDS.inlineEdit) return this.#begin(editor, parameters);
    const session = this.#sessionFor(parameters, editor);
    if (session === undefined) return undefined;
    switch (command) {
      case COMMANDS.acceptChange:
        return this.#decide(session, true, this.#idsOf(session, parameters));
      case COMMANDS.rejectChange:
        return this.#decide(session, false, this.#idsOf(session, parameters));
      case COMMANDS.acceptAllChanges:
        return this.#decideAll(session, true);
      case COMMANDS.rejectAllChanges:
        return this.#decideAll(session, false);
      case COMMANDS.nextChange:
        return stepToHunk(session, 1);
      case COMMANDS.previousChange:
        return stepToHunk(session, -1);
      case COMMANDS.cancelInlineEdit:
        return this.#cancel(session);
      case COMMANDS.refineInlineEdit:
        return this.#repeatWith(session, wishRefined);
      case COMMANDS.strongerInlineEdit:
        return this.#repeatWith(session, wishOfStronger);
      case COMMANDS.otherModelInlineEdit:
        return this.#repeatWith(session, wishOfOther);
      case COMMANDS.showWaitingChanges:
        return this.#show(session);
    }
  }

  /** Tells of edits that were open when a window died. */
  mend(): Promise<void> {
    return this.#open.mend();
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop();
  }

  async #begin(editor: TextEditor | undefined, parameters: readonly unknown[]): Promise<void> {
    if (!workspace.isTrusted)
      return tell("Waybill changes no files in Restricted Mode. Nothing was sent; trust this workspace first.");
    if (editor === undefined)
      return tell("Open a file and put the cursor where something is to change. Nothing was sent.");
    const open = this.#sessions.get(editor.document);
    if (open?.phase === "reviewing") return this.#repeatWith(open, wishRefined);
    if (open !== undefined)
      return tell("An edit of this file is still being written. Cancel it first, or wait for its end.");
    const asked = await askForEdit(editor, this.#services, {
      parameters,
      desk: this.#desk,
      decorations: this.#decorations,
    });
    return asked === undefined ? undefined : this.#start(asked.target, asked.wish);
  }

  async #start(target: InlineTarget, wish: InlineWish): Promise<void> {
    const editor = editorOf(target.document);
    if (editor === undefined) return undefined;
    if (savesByItself(target.document)) return editInDiffTab(this.#services, target, wish);
    const session = new InlineSession(
      this.#services,
      { target, editor, wish },
      {
        changed: () => this.#changed(session),
        conflict: () => void this.#askAboutConflict(session),
        undone: () => void this.#forgetUndone(session),
      },
    );
    this.#sessions.set(target.document, session);
    await this.#open.open(target.document.uri, session.original.text);
    this.#showContext();
    this.#changed(session);
    const isWhole = await session.run().catch(async (error: unknown) => {
      await this.#finish(session, "original");
      throw error;
    });
    return isWhole ? this.#present(session) : this.#fail(session);
  }

  /** The answer is whole. */
  async #present(session: InlineSession): Promise<void> {
    this.#showContext();
    const [first] = session.pending;
    if (first !== undefined) return undefined;
    const isDecided = session.review.acceptedShare().all > 0;
    await this.#finish(session, "decided");
    if (!isDecided) await tell(`The answer changes nothing: ${session.status}. The file is as it was.`);
    return undefined;
  }

  async #fail(session: InlineSession): Promise<void> {
    const { answer, phase, target, wish } = session;
    if (phase === "over" || answer === undefined) return undefined;
    const isUnwritable = session.writer.isUnwritable;
    await this.#finish(session, "original");
    if (isUnwritable)
      return tell(
        "The editor takes no changes of this file, so it is as it was. What the answer cost stands in the ledger.",
      );
    if (answer.waybill?.finish === "complete") this.#noteOutcome(answer.waybill.turnId, "rejected");
    const leave = await tellTurnFailure(this.#services, answer, NOTHING_TO_APPLY);
    return leave === undefined ? undefined : this.#again(target, { ...wish, leave });
  }

  /** Asks once more for the same lines, wherever they are now. */
  async #again({ document, firstLine, lines, ...rest }: InlineTarget, wish: InlineWish): Promise<void> {
    const now = Array.from({ length: lines.length }, (_, index) =>
      firstLine + index < document.lineCount ? document.lineAt(firstLine + index).text : "",
    );
    if (now.join("\n") !== lines.join("\n"))
      return tell("The code has changed meanwhile. Nothing was sent; select it and ask again.");
    return this.#start({ ...rest, document, firstLine, lines, version: document.version }, wish);
  }

  async #decide(session: InlineSession, isAccepted: boolean, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return undefined;
    if (session.review.isParked) await this.#show(session);
    if (isAccepted && !(await this.#mayKeep(session))) return undefined;
    await session.decide(isAccepted, ids);
    this.#changed(session);
    if (session.phase === "reviewing" && session.pending.length === 0) await this.#finish(session, "decided");
    return undefined;
  }

  async #decideAll(session: InlineSession, isAccepted: boolean): Promise<void> {
    if (session.phase === "writing" && !isAccepted) return this.#cancel(session);
    const ids = session.pending.filter(({ isOpen }) => !isOpen).map(({ id }) => id);
    if (session.phase !== "reviewing") return this.#decide(session, isAccepted, ids);
    if (isAccepted && session.review.isParked) await this.#show(session);
    if (isAccepted && !(await this.#mayKeep(session))) return undefined;
    // What is shown need not change first: the end writes what was decided.
    if (isAccepted) session.review.accept(ids);
    else session.review.reject(ids);
    return this.#finish(session, "decided");
  }

  /** Asked before the first change is taken, about all of them. */
  async #mayKeep(session: InlineSession): Promise<boolean> {
    const { document, original } = session;
    if (this.#agreed.has(session)) return true;
    const write = { uri: document.uri, textBefore: original.text, textAfter: session.shownText() };
    if (!(await mayWrite([write])) || this.#sessions.get(document) !== session) return false;
    this.#agreed.add(session);
    return true;
  }

  async #cancel(session: InlineSession): Promise<void> {
    await this.#finish(session, "original");
  }

  /** The document is the person's alone again; routing learns what became of the answer. */
  async #finish(session: InlineSession, how: "decided" | "original"): Promise<void> {
    const { document, original, answer, phase } = session;
    this.#sessions.delete(document);
    const { accepted, all } = session.review.acceptedShare();
    if (how === "original" || accepted === 0) this.#takenBack.add(document, document.getText());
    const isTaken = await session.finish(how);
    await this.#forget(document);
    if (!isTaken) {
      await tell(
        "The editor did not take the change. Look at the file: it may show removed and added lines; Undo takes them back.",
      );
      return;
    }
    const turnId = answer?.waybill?.turnId;
    // Of an answer that broke off, and of one that changes nothing, nothing can be said.
    if (turnId === undefined || phase !== "reviewing" || all === 0) return;
    const isRejected = how === "original" || accepted === 0;
    this.#noteOutcome(turnId, isRejected ? "rejected" : accepted === all ? "accepted" : "partly-accepted");
    if (!isRejected) this.#undone.watch(turnId, document, original.text);
  }

  #noteChange(event: TextDocumentChangeEvent): void {
    const session = this.#sessions.get(event.document);
    if (session === undefined) void this.#takenBack.note(event);
    else session.note(event);
  }

  async #forgetUndone(session: InlineSession): Promise<void> {
    this.#sessions.delete(session.document);
    this.#takenBack.add(session.document, session.shownText());
    await session.leave();
    await this.#forget(session.document);
    const turnId = session.answer?.waybill?.turnId;
    if (turnId !== undefined) this.#noteOutcome(turnId, "rejected");
  }

  async #askAboutConflict(session: InlineSession): Promise<void> {
    session.stop();
    this.#changed(session);
    const take = "Take It All Back";
    const choice = await ask(
      "You edited lines that Waybill is changing, so the edit has stopped. Your text is untouched.",
      "Keep What Is There",
      take,
    );
    if (this.#sessions.get(session.document) !== session) return;
    if (choice === take) return this.#finish(session, "original");
    this.#sessions.delete(session.document);
    await session.leave();
    await this.#forget(session.document);
  }

  async #repeatWith(session: InlineSession, ask: typeof wishRefined): Promise<void> {
    const again = await ask(this.#services, session, this.#desk);
    // Meanwhile it may have been accepted or cancelled.
    if (again !== undefined && this.#sessions.get(session.document) === session)
      await this.#repeat(session, again.wish, again.outcome);
  }

  /** Takes the edit back and asks anew for the same lines. */
  async #repeat(session: InlineSession, wish: InlineWish, outcome: OutcomeKind | undefined): Promise<void> {
    const { document, answer, target, review } = session;
    const lines = review.baseLines();
    const { firstLine } = review;
    this.#sessions.delete(document);
    const isTaken = await session.finish("original");
    await this.#forget(document);
    const turnId = answer?.waybill?.turnId;
    if (turnId !== undefined && outcome !== undefined) this.#noteOutcome(turnId, outcome);
    if (isTaken) await this.#again({ ...target, lines, firstLine }, wish);
  }

  /** Before a save everything that waits is taken out of the document. */
  #park(event: TextDocumentWillSaveEvent): void {
    const session = this.#sessions.get(event.document);
    if (session === undefined || session.review.isParked) return;
    session.writer.forgetHistory();
    if (session.writer.isBusy) {
      // The edit under way would overtake edits that are handed over now.
      event.waitUntil(session.writer.write(() => session.review.park()).then(() => this.#changed(session)));
      return;
    }
    session.review.park();
    event.waitUntil(Promise.resolve([...session.writer.handOver()]));
    this.#changed(session);
  }

  async #show(session: InlineSession): Promise<void> {
    await session.writer.write(() => session.review.unpark());
    this.#changed(session);
  }

  #idsOf(session: InlineSession, [, id]: readonly unknown[]): readonly number[] {
    const chosen = typeof id === "number" ? id : currentHunk(session)?.id;
    return chosen === undefined ? [] : [chosen];
  }

  #sessionFor([uri]: readonly unknown[], editor: TextEditor | undefined): InlineSession | undefined {
    if (typeof uri !== "string") return editor === undefined ? undefined : this.#sessions.get(editor.document);
    return [...this.#sessions.values()].find(({ document }) => document.uri.toString() === uri);
  }

  #changed(session: InlineSession): void {
    if (session.phase === "over") return;
    for (const editor of window.visibleTextEditors)
      if (editor.document === session.document) this.#decorations.showReview(editor, session.review);
    this.#lenses.refresh();
  }

  /** An editor that shows the document anew lacks what was written meanwhile, and its decorations. */
  #showAgain(editors: readonly TextEditor[]): void {
    for (const { document } of editors) {
      const session = this.#sessions.get(document);
      if (session !== undefined) void session.writer.catchUp().then(() => this.#changed(session));
    }
  }

  #showContext(): void {
    const document = window.activeTextEditor?.document;
    const isEditing = document !== undefined && this.#sessions.has(document);
    void commands.executeCommand("setContext", CONTEXT_KEYS.isEditingInline, isEditing);
  }

  async #drop(document: TextDocument): Promise<void> {
    const session = this.#sessions.get(document);
    if (session === undefined) return;
    this.#sessions.delete(document);
    await session.leave();
    await this.#forget(document);
  }

  async #forget(document: TextDocument): Promise<void> {
    for (const editor of window.visibleTextEditors) if (editor.document === document) this.#decorations.clear(editor);
    this.#lenses.refresh();
    this.#showContext();
    await this.#open.close(document.uri);
  }

  /** Routing learns from it; a verdict that cannot be kept is no reason to disturb the person. */
  #noteOutcome(turnId: string, kind: OutcomeKind): void {
    const { engine, log } = this.#services;
    engine
      .get()
      .then((loaded) => loaded.noteOutcome(turnId, kind))
      .catch((error: unknown) => log.error("outcome-not-noted", error));
  }
}
