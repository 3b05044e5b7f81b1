import {
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentWillSaveEvent,
  type TextEditor,
  window,
  workspace,
} from "vscode";
import { type CountedOutcome, acceptedLines } from "../../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import { NOTHING_TO_APPLY, tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import type { CodeOffer } from "../codeActions/offerCode.ts";
import { isAsAccepted } from "../edits/writeText.ts";
import { tellNewAddresses } from "../edits/tellNewAddresses.ts";
import { tellWaitingChanges } from "../edits/waitingChanges.ts";
import { maySend } from "../outgoing/sendGate.ts";
import { askForEdit, tell } from "./askForEdit.ts";
import { editInDiffTab, savesByItself } from "./diffTab.ts";
import type { InlineCommand } from "./inlineCommands.ts";
import type { InlineWish } from "./inlineOrder.ts";
import { InlineSession, type LineSource, ask } from "./inlineSession.ts";
import { type InlineTarget, isStillThere } from "./inlineTarget.ts";
import { KeepAgreement } from "./keepAgreement.ts";
import { MentionDesk } from "./mentionDesk.ts";
import { currentHunk, stepToHunk } from "./currentHunk.ts";
import { canHoldChanges, offeredEdit } from "./offeredEdit.ts";
import { NewErrors, tellNewErrors } from "./newErrors.ts";
import { OpenSessions } from "./openSessions.ts";
import { parkForSave } from "./parkForSave.ts";
import { editorOf } from "./regionWriter.ts";
import { TakenBack } from "./takenBack.ts";
import { wishOfOther, wishOfStronger, wishRefined } from "./wishAgain.ts";

/** Edits that stream into the document and wait there, at most one in each document. */
export class InlineEdits {
  readonly #services: ExtensionServices;
  readonly #sessions: OpenSessions;
  readonly #agreement = new KeepAgreement();
  readonly #errors = new NewErrors();
  readonly #desk = new MentionDesk();
  readonly #takenBack = new TakenBack();

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#sessions = new OpenSessions(services);
    const { disposables } = services;
    for (const each of [
      this.#errors,
      workspace.onDidChangeTextDocument((event) => this.#noteChange(event)),
      workspace.onWillSaveTextDocument((event) => this.#park(event)),
    ])
      disposables.add(each);
  }

  /** What a command does; commands other than the first are for the edit of the active editor. */
  async run(command: InlineCommand, parameters: readonly unknown[]): Promise<void> {
    const editor = window.activeTextEditor;
    if (command === COMMANDS.inlineEdit) return this.#begin(editor, parameters);
    const session = this.#sessionFor(parameters, editor);
    if (session === undefined) return undefined;
    if (session.isTorn) return this.#decideTorn(session, command);
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
        return this.#sessions.show(session);
    }
  }

  /** Whether no changes wait in the document; tells of those that do. */
  isFree(document: TextDocument): boolean {
    if (this.#sessions.of(document) === undefined) return true;
    tellWaitingChanges(document);
    return false;
  }

  /** Shows code that is known already as changes of its document, or beside it where they cannot wait there. */
  async offer(offer: CodeOffer): Promise<void> {
    const { document, turnId } = offer;
    if (!canHoldChanges(document)) return (await this.#services.proposals()).offer(offer);
    if (!this.isFree(document)) return undefined;
    this.#errors.begin(document);
    const offered = await offeredEdit(offer);
    if (offered === undefined || this.#sessions.of(document) !== undefined) return undefined;
    return this.#review(offered.target, { kind: "offered", lines: offered.lines, turnId });
  }

  /** Tells of edits that were open when a window died. */
  mend(): Promise<void> {
    return this.#sessions.mend();
  }

  async #begin(editor: TextEditor | undefined, parameters: readonly unknown[]): Promise<void> {
    if (!workspace.isTrusted)
      return tell("Waybill changes no files in Restricted Mode. Nothing was sent; trust this workspace first.");
    if (editor === undefined)
      return tell("Open a file and put the cursor where something is to change. Nothing was sent.");
    const open = this.#sessions.of(editor.document);
    if (open?.isTorn === true) return tell("Say first what is to stay of the edit before. Nothing was sent.");
    if (open?.phase === "reviewing") return this.#repeatWith(open, wishRefined);
    if (open !== undefined)
      return tell("An edit of this file is still being written. Cancel it first, or wait for its end.");
    const asked = await askForEdit(editor, this.#services, {
      parameters,
      desk: this.#desk,
      decorations: this.#sessions.decorations,
    });
    return asked === undefined ? undefined : this.#start(asked.target, asked.wish);
  }

  async #start(target: InlineTarget, wish: InlineWish): Promise<void> {
    if (savesByItself(target.document)) return editInDiffTab(this.#services, target, wish);
    this.#errors.begin(target.document);
    return this.#review(target, { kind: "asked", wish });
  }

  async #review(target: InlineTarget, source: LineSource): Promise<void> {
    const editor = editorOf(target.document);
    // Somebody may have asked for another one while this was being prepared.
    if (editor === undefined || !this.isFree(target.document)) return undefined;
    const session = new InlineSession(
      this.#services,
      { target, editor, source },
      {
        changed: () => this.#sessions.changed(session),
        conflict: () => void this.#askAboutConflict(session),
        undone: () => void this.#forgetUndone(session),
      },
    );
    await this.#sessions.add(session);
    const isWhole = await session.run().catch(async (error: unknown) => {
      if (!session.isTorn) await this.#finish(session, "original");
      throw error;
    });
    if (session.isTorn) return undefined;
    return isWhole ? this.#present(session) : this.#fail(session);
  }

  /** The answer is whole. */
  async #present(session: InlineSession): Promise<void> {
    this.#sessions.showContext();
    const [first] = session.pending;
    if (first !== undefined) {
      const { review, wish } = session;
      if (wish === undefined) session.reveal(first);
      return tellNewAddresses(review.baseLines().join("\n"), review.proposedLines().join("\n"));
    }
    const isDecided = session.review.acceptedShare().all > 0;
    await this.#finish(session, "decided");
    if (!isDecided) await tell(`The answer changes nothing: ${session.status}. The file is as it was.`);
    return undefined;
  }

  async #fail(session: InlineSession): Promise<void> {
    const { answer, phase, target, wish } = session;
    if (phase === "over") return undefined;
    const isUnwritable = session.writer.isUnwritable;
    await this.#finish(session, "original");
    if (isUnwritable)
      return tell(
        "The editor takes no changes of this file, so it is as it was. What the answer cost stands in the ledger.",
      );
    if (answer === undefined || wish === undefined) return undefined;
    if (answer.waybill?.finish === "complete") this.#judge(session, "rejected");
    const leave = await tellTurnFailure(this.#services, answer, NOTHING_TO_APPLY);
    return leave === undefined ? undefined : this.#again(target, { ...wish, leave });
  }

  /** Asks once more for the same lines, wherever they are now. */
  async #again(target: InlineTarget, wish: InlineWish): Promise<void> {
    if (!isStillThere(target))
      return tell("The code has changed meanwhile. Nothing was sent; select it and ask again.");
    if (!(await maySend(target.document))) return undefined;
    return this.#start({ ...target, version: target.document.version }, wish);
  }

  async #decide(session: InlineSession, isAccepted: boolean, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return undefined;
    if (session.review.isParked) await this.#sessions.show(session);
    if (isAccepted && !(await this.#agreement.isGiven(session))) return undefined;
    await session.decide(isAccepted, ids);
    this.#sessions.changed(session);
    if (session.phase === "reviewing" && session.pending.length === 0) await this.#finish(session, "decided");
    return undefined;
  }

  async #decideAll(session: InlineSession, isAccepted: boolean): Promise<void> {
    if (session.phase === "writing" && !isAccepted) return this.#cancel(session);
    const ids = session.pending.filter(({ isOpen }) => !isOpen).map(({ id }) => id);
    if (session.phase !== "reviewing") return this.#decide(session, isAccepted, ids);
    if (isAccepted && session.review.isParked) await this.#sessions.show(session);
    if (isAccepted && !(await this.#agreement.isGiven(session))) return undefined;
    // What is shown need not change first: the end writes what was decided.
    if (isAccepted) session.review.accept(ids);
    else session.review.reject(ids);
    return this.#finish(session, "decided");
  }

  async #cancel(session: InlineSession): Promise<void> {
    await this.#finish(session, "original");
  }

  /** The document is the person's alone again; routing learns what became of the answer. */
  async #finish(session: InlineSession, how: "decided" | "original"): Promise<void> {
    // Said twice at once, it is done once.
    if (!this.#sessions.isOpen(session)) return;
    const { document, turnId, phase, review } = session;
    const textBefore = session.textWith(review.baseLines());
    const errorsBefore = this.#errors.take(document);
    this.#sessions.remove(session);
    const { accepted, all } = review.acceptedShare();
    if (how === "original" || accepted === 0) this.#takenBack.add(document, document.getText());
    // While something is being written, the document and its review differ for a moment.
    const isSure = how === "decided" && !session.writer.isBusy;
    const promised = isSure ? session.textWith(review.decidedLines()) : undefined;
    const isTaken = await session.finish(how);
    await this.#sessions.clear(document);
    if (!isTaken) {
      await tell(
        "The editor did not take the change. Look at the file: it may show removed and added lines; Undo takes them back.",
      );
      return;
    }
    if (promised !== undefined) isAsAccepted(document, promised);
    // Of an answer that broke off, and of one that changes nothing, nothing can be said.
    if (phase !== "reviewing" || all === 0) return;
    const isRejected = how === "original" || accepted === 0;
    const lines = acceptedLines(isRejected ? 0 : accepted, all);
    const kind = accepted === all ? "accepted" : "partly-accepted";
    this.#judge(session, { kind: isRejected ? "rejected" : kind, lines });
    if (isRejected) return;
    const region = { first: review.firstLine, last: review.firstLine + review.decidedLines().length - 1 };
    if (errorsBefore !== undefined) void tellNewErrors(document, errorsBefore, region);
    if (turnId === undefined) return;
    // The text from which on changes are told, also where the first of these takes a moment to load.
    const file = { document: document.uri.toString(), textBefore, textAfter: document.getText() };
    const proposals = await this.#services.proposals();
    proposals.watchAccepted({ turnId, kind, lines, files: [file] });
  }

  #noteChange(event: TextDocumentChangeEvent): void {
    const session = this.#sessions.of(event.document);
    if (session === undefined) void this.#takenBack.note(event);
    else session.note(event);
  }

  async #forgetUndone(session: InlineSession): Promise<void> {
    this.#takenBack.add(session.document, session.shownText());
    await this.#sessions.leave(session);
    this.#judge(session, "rejected");
  }

  async #askAboutConflict(session: InlineSession): Promise<void> {
    this.#sessions.changed(session);
    const take = "Take It All Back";
    const choice = await ask(
      "You edited lines that Waybill is changing, so the edit has stopped. Your text is untouched.",
      "Keep What Is There",
      take,
    );
    if (!this.#sessions.isOpen(session)) return;
    return choice === take ? this.#finish(session, "original") : this.#sessions.keep(session);
  }

  /** Keys and buttons answer the question, too. */
  async #decideTorn(session: InlineSession, command: InlineCommand): Promise<void> {
    if (command === COMMANDS.acceptAllChanges) return this.#sessions.keep(session);
    const isBack = command === COMMANDS.cancelInlineEdit || command === COMMANDS.rejectAllChanges;
    return isBack ? this.#finish(session, "original") : undefined;
  }

  async #repeatWith(session: InlineSession, ask: typeof wishRefined): Promise<void> {
    if (session.wish === undefined)
      return tell("Code of an answer waits in this file. Nothing was sent; accept or reject it first.");
    // The edit stays where it may not be asked for again.
    if (!(await maySend(session.document))) return undefined;
    const again = await ask(this.#services, session, this.#desk);
    // Meanwhile it may have been accepted or cancelled.
    if (again !== undefined && this.#sessions.isOpen(session)) await this.#repeat(session, again.wish, again.outcome);
  }

  /** Takes the edit back and asks anew for the same lines. */
  async #repeat(session: InlineSession, wish: InlineWish, outcome: OutcomeKind | undefined): Promise<void> {
    const { document, target, review } = session;
    const lines = review.baseLines();
    const { firstLine } = review;
    this.#sessions.remove(session);
    const isTaken = await session.finish("original");
    await this.#sessions.clear(document);
    if (outcome !== undefined) this.#judge(session, outcome);
    if (isTaken) await this.#again({ ...target, lines, firstLine }, wish);
  }

  #park(event: TextDocumentWillSaveEvent): void {
    const session = this.#sessions.of(event.document);
    if (session !== undefined) void parkForSave(session, event).then(() => this.#sessions.changed(session));
  }

  #idsOf(session: InlineSession, [, id]: readonly unknown[]): readonly number[] {
    const chosen = typeof id === "number" ? id : currentHunk(session)?.id;
    return chosen === undefined ? [] : [chosen];
  }

  #sessionFor([uri]: readonly unknown[], editor: TextEditor | undefined): InlineSession | undefined {
    if (typeof uri === "string") return this.#sessions.find(uri);
    return editor === undefined ? undefined : this.#sessions.of(editor.document);
  }

  /** Routing learns from it. To drop code of an answer says nothing of the answer: the place was a guess. */
  #judge({ turnId, wish }: InlineSession, outcome: OutcomeKind | CountedOutcome): void {
    const kind = typeof outcome === "string" ? outcome : outcome.kind;
    if (turnId === undefined || (wish === undefined && kind === "rejected")) return;
    noteOutcome(this.#services, turnId, outcome);
  }
}
