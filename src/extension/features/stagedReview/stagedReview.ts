import { type Disposable, ProgressLocation, window } from "vscode";
import { type SortedChanges, describeSkipped, sortChanges } from "../../../core/changes/skippedFiles.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { checkFindings } from "../../../core/review/checkFindings.ts";
import type { Finding } from "../../../core/review/finding.ts";
import { placeFindings } from "../../../core/review/placeFindings.ts";
import { readFindings } from "../../../core/review/readFindings.ts";
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
import { otherChanges, stagedChanges } from "../commitMessage/readChanges.ts";
import { locateFindings } from "./locateFindings.ts";
import { ReviewComments } from "./reviewComments.ts";
import { reviewOrder } from "./reviewOrder.ts";

/** Changes under review. */
interface Reviewed {
  readonly repository: GitRepository;
  readonly changes: SortedChanges;
  /** Whether it is the index that is reviewed; the files may have changed since. */
  readonly isStaged: boolean;
}

interface ReviewAnswer {
  readonly answer: TurnAnswer;
  readonly notWhole: readonly string[];
}

interface FoundFindings {
  readonly findings: readonly Finding[];
  readonly waybill: Waybill;
  readonly notWhole: readonly string[];
  /** Where the answer broke off. */
  readonly problem: Problem | undefined;
}

const NOT_READABLE = "The answer held no findings that could be read. Your files are as they were.";

/** Reviews changes before they are committed. */
export class StagedReview implements Disposable {
  readonly comments: ReviewComments;
  readonly #services: ExtensionServices;
  readonly #page: MarkdownPage;

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
    const staged = sortChanges(await stagedChanges(repository));
    if (staged.shown.length > 0) return { repository, changes: staged, isStaged: true };
    const others = sortChanges(await otherChanges(repository));
    const nothing = `Nothing is staged in ${nameOf(repository)} that a model may see, so there is nothing to review. Nothing was sent.`;
    const choice = await window.showInformationMessage(nothing, ...(others.shown.length === 0 ? [] : [REVIEW_ALL]));
    return choice === undefined ? undefined : { repository, changes: others, isStaged: false };
  }

  async #review(reviewed: Reviewed, leave: BudgetLeave): Promise<void> {
    const abort = new AbortController();
    const { answer, notWhole } = await window.withProgress(
      { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        const report = (message: string) => progress.report({ message });
        return this.#ask(reviewed, { leave, report, signal: abort.signal });
      },
    );
    const { waybill, problem, text } = answer;
    const findings = readFindings(text);
    const isReadable = findings.length > 0 || (waybill !== undefined && checkFindings(text).kind === "passed");
    if (abort.signal.aborted && findings.length === 0) return;
    // What a broken answer has found is paid for, and as good as it would be in a whole one.
    if (waybill !== undefined && isReadable && (problem === undefined || findings.length > 0))
      return this.#show(reviewed, { findings, waybill, notWhole, problem });
    if (problem === undefined && waybill !== undefined) noteOutcome(this.#services, waybill.turnId, "rejected");
    const again = await tellTurnFailure(this.#services, answer, NOT_READABLE);
    if (again !== undefined) await this.#review(reviewed, again);
  }

  async #ask(
    { changes }: Reviewed,
    asked: { readonly leave: BudgetLeave; readonly report: (message: string) => void; readonly signal: AbortSignal },
  ): Promise<ReviewAnswer> {
    const engine = await this.#services.engine.get();
    const { order, notWhole } = await reviewOrder(engine, changes);
    const answer = await readTurn(engine.runTurn({ ...order, ...asked.leave }, asked.signal), {
      doing: "is reviewing the changes",
      report: asked.report,
      show: () => undefined,
      noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
    });
    return { answer, notWhole };
  }

  async #show({ repository, changes, isStaged }: Reviewed, found: FoundFindings): Promise<void> {
    const { findings, waybill, notWhole, problem } = found;
    const { placed, loose } = placeFindings(findings, changes.shown);
    const { located, gone } = await locateFindings(repository, placed, isStaged ? await otherChanges(repository) : []);
    this.comments.show(waybill.turnId, located);
    const [first] = located;
    if (first !== undefined) await window.showTextDocument(first.uri, { selection: first.range, preview: true });
    const cut = notWhole.length === 0 ? undefined : `Only in part: ${notWhole.join(", ")}.`;
    const notes = [problem?.sentence, describeSkipped(changes.skipped), cut].filter((note) => note !== undefined);
    await this.#tell({
      ...{ placed: located.map(({ finding }) => finding), loose: [...loose, ...gone] },
      ...{ notes, receipt: receiptLine(waybill) },
    });
  }

  async #tell(facts: ReviewFacts): Promise<void> {
    const { placed, loose, notes, receipt } = facts;
    const count = countFindings(placed.length + loose.length);
    const places = loose.length === 0 ? "" : `, ${loose.length} of them without a place in the editor`;
    const sentence = `${count}${places}: ${[`${receipt}.`, ...notes].join(" ")}`;
    const actions = ["Show Summary", ...(placed.length > 0 ? [DISMISS_ALL] : [])];
    const choice = await window.showInformationMessage(sentence, ...actions);
    if (choice === "Show Summary") await this.#page.show(reviewPage(facts));
    if (choice === DISMISS_ALL) this.comments.dismissAll();
  }
}

const REVIEW_ALL = "Review All Changes";
const DISMISS_ALL = "Dismiss All";
