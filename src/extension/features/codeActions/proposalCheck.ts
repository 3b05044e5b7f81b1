import { type Diagnostic, DiagnosticSeverity, type Disposable, type Uri, languages } from "vscode";
import { checkCodeBlock } from "../../../core/checks/checkCodeBlock.ts";
import { type ReportedError, checkNewErrors } from "../../../core/checks/checkNewErrors.ts";
import { type CheckVerdict, PASSED } from "../../../core/checks/checkVerdict.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import type { ProposedChange } from "./proposedChange.ts";
import { changedText } from "./proposedChange.ts";

/** Language services report in several rounds (syntax, then types); this long without news they are done. */
const QUIET_MS = 700;
/** Who has reported nothing by then has nothing to say, or does not look at the document. */
const LONGEST_WAIT_MS = 2_500;

/**
 * Judges a proposed change by what the editor's language services say of the document in the diff, with the change and then with
 * the original text. The same services see the same document twice, so whatever they miss of the project is missing both times;
 * the person's file is not touched. Where they say nothing, nothing is measured and the change passes.
 */
export class ProposalCheck implements Disposable {
  readonly #change: ProposedChange;
  readonly #uri: Uri;
  readonly #show: (text: string) => void;
  readonly #listener: Disposable;
  /** Rounds of reports on the document so far. */
  #reports = 0;
  /** So that an answer is not looked at twice. */
  #judged: { readonly answer: string; readonly verdict: CheckVerdict } | undefined;
  /** Told of each round. */
  #onReport: (() => void) | undefined;

  constructor(change: ProposedChange, uri: Uri, show: (text: string) => void) {
    this.#change = change;
    this.#uri = uri;
    this.#show = show;
    this.#listener = languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((changed) => this.#isProposal(changed))) return;
      this.#reports += 1;
      this.#onReport?.();
    });
  }

  /** Waits for the services as long as they may take: a stronger model may be asked instead. */
  judge(answer: string, signal: AbortSignal): Promise<CheckVerdict> {
    return this.#judge(answer, (text) => this.#measureAnew(text, signal), signal);
  }

  /**
   * The same for an answer that stays, of which the person wants to hear soon: what was reported while it arrived counts, and what was
   * judged before is not judged again.
   */
  async look(answer: string, signal: AbortSignal): Promise<CheckVerdict> {
    if (this.#judged?.answer === answer) return this.#judged.verdict;
    const waitMs = this.#reports > 0 ? QUIET_MS : LONGEST_WAIT_MS;
    return this.#judge(answer, (text) => this.#measure(text, signal, { reportsBefore: 0, waitMs }), signal);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #judge(
    answer: string,
    measureChanged: (text: string) => Promise<readonly ReportedError[] | undefined>,
    signal: AbortSignal,
  ): Promise<CheckVerdict> {
    const verdict = await this.#compare(answer, measureChanged, signal);
    this.#judged = { answer, verdict };
    return verdict;
  }

  async #compare(
    answer: string,
    measureChanged: (text: string) => Promise<readonly ReportedError[] | undefined>,
    signal: AbortSignal,
  ): Promise<CheckVerdict> {
    const form = checkCodeBlock(answer);
    const { code } = readCodeBlock(answer);
    if (form.kind === "failed" || code === undefined) return form;
    const { document, range } = this.#change.target;
    const changed = changedText(this.#change, code);
    const first = range.start.line;
    const lines = { first, last: first + code.split("\n").length - 1 };
    const after = await measureChanged(changed);
    if (after === undefined || checkNewErrors([], after, lines).kind === "passed") return PASSED;
    // Only now, and only for a moment: a change without errors needs no comparison.
    const before = await this.#measureAnew(document.getText(), signal);
    this.#show(changed);
    return before === undefined ? PASSED : checkNewErrors(before, after, lines);
  }

  #measureAnew(text: string, signal: AbortSignal): Promise<readonly ReportedError[] | undefined> {
    return this.#measure(text, signal, { reportsBefore: this.#reports, waitMs: LONGEST_WAIT_MS });
  }

  /** The errors of a text, once the services are done with it; `undefined` when there were no more reports than before. */
  async #measure(
    text: string,
    signal: AbortSignal,
    { reportsBefore, waitMs }: { readonly reportsBefore: number; readonly waitMs: number },
  ): Promise<readonly ReportedError[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const finish = () => resolve();
    const longest = setTimeout(finish, LONGEST_WAIT_MS);
    let quiet: NodeJS.Timeout | undefined = setTimeout(finish, waitMs);
    this.#onReport = () => {
      clearTimeout(quiet);
      quiet = setTimeout(finish, QUIET_MS);
    };
    signal.addEventListener("abort", finish, { once: true });
    this.#show(text);
    await promise;
    signal.removeEventListener("abort", finish);
    this.#onReport = undefined;
    clearTimeout(quiet);
    clearTimeout(longest);
    return this.#reports > reportsBefore && !signal.aborted ? this.#errors() : undefined;
  }

  #errors(): readonly ReportedError[] {
    return languages
      .getDiagnostics()
      .filter(([uri]) => this.#isProposal(uri))
      .flatMap(([, diagnostics]) => diagnostics)
      .filter(isError)
      .map(({ message, range }) => ({ message, line: range.start.line }));
  }

  /** Some services drop the query of an address, so the path alone tells the proposals of different files apart. */
  #isProposal({ scheme, path }: Uri): boolean {
    return scheme === this.#uri.scheme && path === this.#uri.path;
  }
}

function isError({ severity }: Diagnostic): boolean {
  return severity === DiagnosticSeverity.Error;
}
