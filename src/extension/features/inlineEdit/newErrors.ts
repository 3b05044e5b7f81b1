import { DiagnosticSeverity, type Disposable, type TextDocument, commands, languages, window, workspace } from "vscode";
import { type ReplacedLines, type ReportedError, checkNewErrors } from "../../../core/checks/checkNewErrors.ts";

/** Language services report in several rounds; this long without news they are done. */
const QUIET_MS = 700;
/** Who has reported nothing by then has nothing to say. */
const LONGEST_WAIT_MS = 4_000;

/**
 * Errors that accepted changes leave in their file. While changes wait, the document holds removed and added lines together and
 * nothing can be measured in it; so what was reported before the first of them is compared with what is after the last was decided on.
 */
export class NewErrors implements Disposable {
  readonly #before = new WeakMap<TextDocument, readonly ReportedError[]>();
  /** Addresses of what the services have looked at. */
  readonly #seen = new Set<string>();
  readonly #listening: Disposable;

  constructor() {
    this.#listening = languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) this.#seen.add(uri.toString());
    });
  }

  /** To be called before anything is written. Of a document that the services have not come to yet, nothing is known. */
  begin(document: TextDocument): void {
    const isSeen = this.#seen.has(document.uri.toString()) || languages.getDiagnostics(document.uri).length > 0;
    if (isSeen) this.#before.set(document, errorsIn(document));
    else this.#before.delete(document);
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** The errors of before, to be told of no more than once. */
  take(document: TextDocument): readonly ReportedError[] | undefined {
    const before = this.#before.get(document);
    this.#before.delete(document);
    return before;
  }
}

/** Says which errors are new in these lines once the services are done; says nothing when the person went on editing meanwhile. */
export async function tellNewErrors(
  document: TextDocument,
  before: readonly ReportedError[],
  lines: ReplacedLines,
): Promise<void> {
  const { version } = document;
  await settled(document);
  if (document.version !== version || document.isClosed) return;
  const verdict = checkNewErrors(before, errorsIn(document), lines);
  if (verdict.kind === "passed") return;
  const name = workspace.asRelativePath(document.uri, false);
  const choice = await window.showWarningMessage(`What was accepted in ${name} ${verdict.lesson}.`, "Undo");
  if (choice === undefined) return;
  await window.showTextDocument(document);
  // Undo would take back what was typed since instead.
  if (document.version === version) await commands.executeCommand("undo");
}

function errorsIn({ uri }: TextDocument): readonly ReportedError[] {
  return languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ message, range }) => ({ message, line: range.start.line }));
}

async function settled({ uri }: TextDocument): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const longest = setTimeout(resolve, LONGEST_WAIT_MS);
  let quiet: NodeJS.Timeout | undefined;
  const listening = languages.onDidChangeDiagnostics(({ uris }) => {
    if (!uris.some((changed) => changed.toString() === uri.toString())) return;
    clearTimeout(quiet);
    quiet = setTimeout(resolve, QUIET_MS);
  });
  await promise;
  listening.dispose();
  clearTimeout(quiet);
  clearTimeout(longest);
}
