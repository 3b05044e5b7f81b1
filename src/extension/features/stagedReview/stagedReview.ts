import { type Disposable, ProgressLocation, window } from "vscode";
import { type SortedChanges, describeSkipped } from "../../../core/changes/skippedFiles.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { checkFindings } from "../../../core/review/checkFindings.ts";
import type { PlacedFindings } from "../../../core/review/placeFindings.ts";
import { type ReviewFacts, countFindings, reviewPage } from "../../../core/review/reviewPage.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { type GitRepository, chooseRepository, nameOf } from "../../platform/gitRepositories.ts";
import type { MarkdownPage } from "../../platform/markdownPage.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { isTrusted } from "../edits/writeGate.ts";
import { otherChanges, sortForModel, stagedChanges } from "../commitMessage/readChanges.ts";
import { ArrivingFindings } from "./arrivingFindings.ts";
import { ReviewComments } from "./reviewComments.ts";
import { reviewOrder } from "./reviewOrder.ts";

/** Changes under review. */
interface Reviewed {
  readonly repository: GitRepository;
  readonly changes: SortedChanges;
  /** Whether it is the index that is reviewed; the files may have changed since. */
  readonly isStaged: boolean;
}

interface Asked {
  readonly leave: BudgetLeave;
  readonly arriving: ArrivingFindings;
  readonly abort: AbortController;
}

interface ReviewAnswer {
  readonly answer: TurnAnswer;
  readonly notWhole: readonly string[];
  readonly found: PlacedFindings;
}

interface FoundFindings extends PlacedFindings {
  readonly waybill: Waybill;
  readonly notWhole: readonly string[];
  /** Where the answer broke off. */
  readonly problem: Problem | undefined;
}

const STOPPED = "You stopped it, so it is incomplete: what the model had not told by then is missing.";
const CUT = "The answer reached its length limit, so it is incomplete.";
const STILL_REVIEWING = "A review is still under way. Stop it first, or wait for its end; nothing more was sent.";
const NOT_READABLE = "The answer held no findings that could be read. Your files are as they were.";

/** Reviews changes before they are committed. */
export class StagedReview implements Disposable {
  readonly comments: ReviewComments;
  readonly #services: ExtensionServices;
  readonly #page: MarkdownPage;
  /** The comments are those of one review. */
  #isReviewing = false;

  constructor(services: ExtensionServices, page: MarkdownPage) {
    this.#services = services;
    this.#page = page;
    this.comments = new ReviewComments(services);
  }

  /** `source` is what the Source Control view hands to its commands. */
  async review(source: unknown): Promise<void> {
    if (!(await isTrusted("reads no changes"))) return;
    const repository = await chooseRepository(source);
    const reviewed = repository === undefined ? undefined : await this.#changesOf(repository);
    if (reviewed !== undefined) await this.#review(reviewed, {});
  }

  dispose(): void {
    this.comments.dispose();
  }

  async #changesOf(repository: GitRepository): Promise<Reviewed | undefined> {
    const staged = await sortForModel(repository, await stagedChanges(repository));
    if (staged.shown.length > 0) return { repository, changes: staged, isStaged: true };
    const others = await sortForModel(repository, await otherChanges(repository));
    const nothing = `Nothing is staged in ${nameOf(repository)} that a model may see, so there is nothing to review. Nothing was sent.`;
    const choice = await window.showInformationMessage(nothing, ...(others.shown.length === 0 ? [] : [REVIEW_ALL]));
    return choice === undefined ? undefined : { repository, changes: others, isStaged: false };
  }

  async #review(reviewed: Reviewed, leave: BudgetLeave): Promise<void> {
    if (this.#isReviewing) return void window.showInformationMessage(STILL_REVIEWING);
    const abort = new AbortController();
    const { repository, changes, isStaged } = reviewed;
    const arriving = new ArrivingFindings(this.comments, { repository, files: changes.shown, isStaged });
    this.#isReviewing = true;
    const { answer, notWhole, found } = await this.#askWithProgress(reviewed, { leave, arriving, abort }).finally(
      () => (this.#isReviewing = false),
    );
    const { waybill, problem, text } = answer;
    const isFound = found.placed.length + found.loose.length > 0;
    if (abort.signal.aborted && !isFound) return;
    // What a broken answer has found is paid for, and as good as it would be in a whole one.
    const isReadable = isFound || (problem === undefined && checkFindings(text).kind === "passed");
    if (waybill !== undefined && isReadable) {
      arriving.conclude(waybill.turnId);
      return this.#tellFound(changes, { ...found, waybill, notWhole, problem });
    }
    if (problem === undefined && waybill !== undefined) noteOutcome(this.#services, waybill.turnId, "rejected");
    const again = await tellTurnFailure(this.#services, answer, NOT_READABLE);
    if (again !== undefined) await this.#review(reviewed, again);
  }

  async #askWithProgress(reviewed: Reviewed, asked: Asked): Promise<ReviewAnswer> {
    return await window.withProgress(
      { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => asked.abort.abort());
        return this.#ask(reviewed, asked, (message) => progress.report({ message }));
      },
    );
  }

  async #ask(
    { changes }: Reviewed,
    { leave, arriving, abort }: Asked,
    report: (message: string) => void,
  ): Promise<ReviewAnswer> {
    const engine = await this.#services.engine.get();
    const { order, notWhole } = await reviewOrder(engine, changes);
    const answer = await readTurn(engine.runTurn({ ...order, ...leave }, abort.signal), {
      doing: "is reviewing the changes",
      report,
      show: (text) => arriving.show(text),
      noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
    });
    return { answer, notWhole, found: await arriving.end() };
  }

  async #tellFound(changes: SortedChanges, found: FoundFindings): Promise<void> {
    const { placed, loose, waybill, notWhole } = found;
    const cut = notWhole.length === 0 ? undefined : `Only in part: ${notWhole.join(", ")}.`;
    const notes = [whyIncomplete(found), describeSkipped(changes.skipped), cut].filter((note) => note !== undefined);
    await this.#tell({ placed, loose, notes, receipt: receiptLine(waybill) }, waybill.turnId);
  }

  async #tell(facts: ReviewFacts, turnId: string): Promise<void> {
    const { placed, loose, notes, receipt } = facts;
    const count = countFindings(placed.length + loose.length);
    const places = loose.length === 0 ? "" : `, ${loose.length} of them without a place in the editor`;
    const sentence = `${count}${places}: ${[`${receipt}.`, ...notes].join(" ")}`;
    const actions = ["Show Summary", ...(placed.length > 0 ? [DISMISS_ALL] : [])];
    const choice = await window.showInformationMessage(sentence, ...actions);
    if (choice === "Show Summary") await this.#page.show(reviewPage(facts));
    if (choice === DISMISS_ALL) this.comments.dismissAll(turnId);
  }
}

function whyIncomplete({ waybill, problem }: FoundFindings): string | undefined {
  if (waybill.finish === "stopped") return STOPPED;
  return problem?.sentence ?? (waybill.finish === "length" ? CUT : undefined);
}

const REVIEW_ALL = "Review All Changes";
const DISMISS_ALL = "Dismiss All";
