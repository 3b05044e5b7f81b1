import { type Disposable, ProgressLocation, commands, window } from "vscode";
import {
  type SortedChanges,
  describeKeptFiles,
  describeSkipped,
  nameSkipped,
} from "../../../core/changes/skippedFiles.ts";
import { cleanMessage, streamedMessage } from "../../../core/commit/cleanMessage.ts";
import { type CommitStyle, readCommitStyle } from "../../../core/commit/commitStyle.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import { CONTEXT_KEYS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { type GitRepository, chooseRepository, nameOf, repositoryRootOf } from "../../platform/gitRepositories.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { isTrusted } from "../edits/writeGate.ts";
import { commitOrder } from "./commitOrder.ts";
import { CommitWatch } from "./commitWatch.ts";
import { MessageBox } from "./messageBox.ts";
import { otherChanges, sortForModel, stagedChanges } from "./readChanges.ts";

/** A message that is being written. */
interface Writing {
  readonly repository: GitRepository;
  readonly changes: SortedChanges;
  readonly style: CommitStyle;
  readonly hint: string;
  /** What this says of an earlier one that waits: asked again while it stands there, or after it was thrown away. */
  readonly earlier: "regenerated" | "rejected";
  readonly box: MessageBox;
  readonly abort: AbortController;
}

interface WrittenMessage {
  readonly answer: TurnAnswer;
  readonly notWhole: readonly string[];
}

const STYLE_COMMITS = 20;
const COMMITTED =
  "You committed while the message was being written, so it was stopped. What it cost until then stands in the ledger.";
const NO_MESSAGE = "The answer held no commit message. What stood in the box is as it was.";

/** Commit messages that stream into the box of a repository. */
export class CommitMessages implements Disposable {
  readonly #services: ExtensionServices;
  readonly #watch: CommitWatch;
  /** By the repository's address. */
  readonly #running = new Map<string, AbortController>();

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#watch = new CommitWatch((turnId, kind) => noteOutcome(services, turnId, kind));
  }

  /** `source` is what the Source Control view hands to its commands. */
  async write(source: unknown): Promise<void> {
    if (!(await isTrusted("reads no changes"))) return;
    const repository = await chooseRepository(source);
    if (repository !== undefined) await this.#begin(repository, {});
  }

  /** Stops the message of the repository whose title was clicked; where none is written there, all of them. */
  stop(source?: unknown): void {
    const clicked = this.#running.get(repositoryRootOf(source) ?? "");
    for (const abort of clicked === undefined ? this.#running.values() : [clicked]) abort.abort();
  }

  dispose(): void {
    this.stop();
    this.#watch.dispose();
  }

  async #begin(repository: GitRepository, leave: BudgetLeave): Promise<void> {
    const key = repository.rootUri.toString();
    if (this.#running.has(key)) return;
    const abort = new AbortController();
    this.#note(key, abort);
    const written = await this.#write(repository, { abort, leave }).finally(() => this.#note(key, undefined));
    if (written !== undefined) await this.#conclude(written.writing, written);
  }

  #note(key: string, abort: AbortController | undefined): void {
    if (abort === undefined) this.#running.delete(key);
    else this.#running.set(key, abort);
    void commands.executeCommand("setContext", CONTEXT_KEYS.isWritingCommitMessage, this.#running.size > 0);
  }

  async #write(
    repository: GitRepository,
    { abort, leave }: { readonly abort: AbortController; readonly leave: BudgetLeave },
  ): Promise<(WrittenMessage & { readonly writing: Writing }) | undefined> {
    return window.withProgress({ location: ProgressLocation.SourceControl }, async () => {
      const changes = await this.#changesOf(repository);
      if (changes === undefined) return undefined;
      const history = await repository.log({ maxEntries: STYLE_COMMITS }).catch(() => []);
      const style = readCommitStyle(history.map(({ message }) => message));
      // A message of ours that is replaced is no wish of the person; what they had typed before it is.
      const standing = this.#watch.standing(repository);
      const hint = standing?.before ?? repository.inputBox.value;
      const earlier = standing === undefined ? "rejected" : "regenerated";
      const writing: Writing = {
        ...{ repository, changes, style, hint, earlier, abort },
        box: new MessageBox(repository.inputBox),
      };
      return { writing, ...(await this.#stream(writing, leave)) };
    });
  }

  async #changesOf(repository: GitRepository): Promise<SortedChanges | undefined> {
    const staged = await stagedChanges(repository);
    const files = staged.length > 0 ? staged : await otherChanges(repository);
    const changes = await sortForModel(repository, files);
    if (changes.shown.length + nameSkipped(changes.skipped).length > 0) return changes;
    const why =
      files.length === 0
        ? `Nothing is changed in ${nameOf(repository)}`
        : `All that is changed stays on this machine: ${describeKeptFiles(changes.skipped)}`;
    void window.showInformationMessage(`${why}, so there is no message to write. Nothing was sent.`);
    return undefined;
  }

  async #stream(writing: Writing, leave: BudgetLeave): Promise<WrittenMessage> {
    const { repository, box, abort, style, changes } = writing;
    const engine = await this.#services.engine.get();
    const { order, notWhole } = await commitOrder(engine, changes, writing);
    const status = window.setStatusBarMessage("$(sync~spin) Writing the commit message…");
    let shown = status;
    // What is committed needs no message any more, and the next commit not this one.
    const listening = repository.onDidCommit(() => {
      box.leave();
      abort.abort();
      void window.showInformationMessage(COMMITTED);
    });
    try {
      const answer = await readTurn(engine.runTurn({ ...order, ...leave }, abort.signal), {
        doing: "is writing the commit message",
        report: (message) => {
          shown.dispose();
          shown = window.setStatusBarMessage(`$(sync~spin) ${message}`);
        },
        show: (text) => box.write(streamedMessage(text, style)),
        noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
      });
      return { answer, notWhole };
    } catch (error) {
      box.restore();
      throw error;
    } finally {
      listening.dispose();
      shown.dispose();
    }
  }

  async #conclude(writing: Writing, { answer, notWhole }: WrittenMessage): Promise<void> {
    const { box, repository, style, abort } = writing;
    const { waybill, problem, text } = answer;
    const message = cleanMessage(text, style);
    const isWhole = problem === undefined && (waybill?.finish === "complete" || waybill?.finish === "length");
    if (isWhole && message !== "" && !box.isLeft) return this.#tellReady(writing, { message, waybill, notWhole });
    box.restore();
    if (abort.signal.aborted) return;
    // A whole answer without a message is one that nobody could take.
    if (isWhole) noteOutcome(this.#services, waybill.turnId, "rejected");
    const leave = await tellTurnFailure(this.#services, answer, NO_MESSAGE);
    if (leave !== undefined) await this.#begin(repository, leave);
  }

  async #tellReady(
    { box, repository, changes, hint, earlier }: Writing,
    ready: { readonly message: string; readonly waybill: Waybill; readonly notWhole: readonly string[] },
  ): Promise<void> {
    const { message, waybill, notWhole } = ready;
    const isTheirs = !box.isOurs;
    box.write(message);
    this.#watch.give(repository, earlier);
    this.#watch.watch(repository, { turnId: waybill.turnId, message, before: hint });
    const cut = notWhole.length === 0 ? undefined : `Only in part: ${notWhole.join(", ")}.`;
    const notes = [describeSkipped(changes.skipped), cut].filter((note) => note !== undefined);
    const papers = [`${receiptLine(waybill)}.`, ...notes].join(" ");
    const choice = isTheirs
      ? await window.showInformationMessage(
          `You typed meanwhile, so your text stayed. The message: ${papers}`,
          "Use It",
        )
      : await window.showInformationMessage(`The commit message is ready: ${papers}`, "Write Another", "Undo");
    if (choice === "Use It") await this.#offerBack(box, box.replace(message));
    if (choice === "Write Another") await this.#begin(repository, {});
    if (choice !== "Undo") return;
    this.#watch.give(repository, "rejected", waybill.turnId);
    await this.#offerBack(box, box.replace(box.before));
  }

  /** Whatever is taken out of the box can be put back. */
  async #offerBack(box: MessageBox, replaced: string): Promise<void> {
    if (replaced.trim() === "") return;
    const choice = await window.showInformationMessage("The box holds the other text now.", "Put Back");
    if (choice !== undefined) await this.#offerBack(box, box.replace(replaced));
  }
}
