import { type Diagnostic, DiagnosticSeverity, type Disposable, type Uri, languages } from "vscode";
import { checkCodeBlock } from "../../../core/checks/checkCodeBlock.ts";
import { type ReportedError, checkNewErrors } from "../../../core/checks/checkNewErrors.ts";
import { type CheckVerdict, PASSED } from "../../../core/checks/checkVerdict.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import { type TargetCode, withReplacement } from "./targetCode.ts";

/** Language services report in several rounds (syntax, then types); this long without news they are done. */
const QUIET_MS = 700;
/** Who has reported nothing by then has nothing to say, or does not look at the document. */
const LONGEST_WAIT_MS = 2_500;

/**
 * Judges a proposed fix by what the editor's language services say of the document in the diff, with the fix and then with
 * the original text. The same services see the same document twice, so whatever they miss of the project is missing both times;
 * the person's file is not touched. Where they say nothing, nothing is measured and the fix passes.
 */
export class ProposalCheck implements Disposable {
  readonly #target: TargetCode;
  readonly #uri: Uri;
  readonly #show: (text: string) => void;
  readonly #listener: Disposable;
  /** Rounds of reports on the document so far. */
  #reports = 0;
  /** Told of each round. */
  #onReport: (() => void) | undefined;

  constructor(target: TargetCode, uri: Uri, show: (text: string) => void) {
    this.#target = target;
    this.#uri = uri;
    this.#show = show;
    this.#listener = languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((changed) => this.#isProposal(changed))) return;
      this.#reports += 1;
      this.#onReport?.();
    });
  }

  async judge(answer: string, signal: AbortSignal): Promise<CheckVerdict> {
    const form = checkCodeBlock(answer);
    const { code } = readCodeBlock(answer);
    if (form.kind === "failed" || code === undefined) return form;
    const { document, range } = this.#target;
    const fixed = withReplacement(this.#target, code);
    const first = range.start.line;
    const lines = { first, last: first + code.split("\n").length - 1 };
    const after = await this.#measure(fixed, signal);
    if (after === undefined || checkNewErrors([], after, lines).kind === "passed") return PASSED;
    // Only now, and only for a moment: a fix without errors needs no comparison.
    const before = await this.#measure(document.getText(), signal);
    this.#show(fixed);
    return before === undefined ? PASSED : checkNewErrors(before, after, lines);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** The errors of a text, once the services are done with it; `undefined` when they said nothing. */
  async #measure(text: string, signal: AbortSignal): Promise<readonly ReportedError[] | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const finish = () => resolve();
    const before = this.#reports;
    const longest = setTimeout(finish, LONGEST_WAIT_MS);
    let quiet: NodeJS.Timeout | undefined;
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
    return this.#reports > before && !signal.aborted ? this.#errors() : undefined;
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
