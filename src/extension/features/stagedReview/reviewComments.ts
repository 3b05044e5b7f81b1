import {
  CommentMode,
  type CommentController,
  type CommentThread,
  CommentThreadCollapsibleState,
  type Disposable,
  MarkdownString,
  type TextDocument,
  type Uri,
  comments,
  window,
  workspace,
} from "vscode";
import type { PlacedFinding } from "../../../core/review/placeFindings.ts";
import { SEVERITY_NAMES } from "../../../core/review/reviewPage.ts";
import { reviewVerdict } from "../../../core/review/reviewVerdict.ts";
import { COMMENT_CONTROLLER } from "../../platform/contributions.ts";
import { plainMarkdown } from "../../../core/text/markdownTable.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import { withReplacement } from "../codeActions/targetCode.ts";
import { type LocatedFinding, rangeOf } from "./locateFindings.ts";

interface ShownFinding extends LocatedFinding {
  readonly thread: CommentThread;
  /** Tells when its replacement stands in the document. */
  watching: Disposable | undefined;
}

/** The findings of the last review, as comments that can be applied or dismissed. */
export class ReviewComments implements Disposable {
  readonly #services: ExtensionServices;
  readonly #controller: CommentController;
  readonly #shown = new Map<unknown, ShownFinding>();
  /** Of the review that is shown, once its answer has ended. */
  #turnId: string | undefined;
  #applied = 0;
  #dismissed = 0;

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#controller = comments.createCommentController(COMMENT_CONTROLLER, "Waybill Review");
  }

  /** Those of the last review make room for those of another. */
  begin(): void {
    for (const shown of [...this.#shown.values()]) this.#close(shown);
    this.#turnId = undefined;
    this.#applied = 0;
    this.#dismissed = 0;
  }

  add(located: LocatedFinding): CommentThread {
    const thread = this.#threadOf(located);
    this.#shown.set(thread, { ...located, thread, watching: undefined });
    return thread;
  }

  /** No more follow. What was done with the first of them meanwhile is a verdict, too. */
  end(turnId: string): void {
    this.#turnId = turnId;
    this.#tellVerdict();
  }

  /** Shows what the finding would change as a diff; nothing is written before the person accepts. */
  async apply(thread: unknown): Promise<void> {
    const shown = this.#shown.get(thread);
    const { replacement, found } = shown?.finding ?? {};
    if (shown === undefined || replacement === undefined || found === undefined) return;
    const document = await opened(shown.uri);
    if (document === undefined) return;
    const range = rangeOf(document, found, shown.range.start.line + 1);
    if (range === undefined) {
      const sentence = "These lines have changed since the review, so nothing was changed. Review the changes again.";
      void window.showWarningMessage(sentence);
      return;
    }
    this.#watch(shown, withReplacement({ document, range }, replacement));
    await (await this.#services.proposals()).offer({ document, range, replacement, turnId: undefined });
  }

  dismiss(thread: unknown): void {
    const shown = this.#shown.get(thread);
    if (shown === undefined) return;
    this.#close(shown);
    this.#dismissed += 1;
    this.#tellVerdict();
  }

  /** `turnId`: only where it is this turn's review that is shown. */
  dismissAll(turnId = this.#turnId): void {
    if (turnId !== this.#turnId) return;
    const all = [...this.#shown.values()];
    for (const shown of all) this.#close(shown);
    this.#dismissed += all.length;
    if (all.length > 0) this.#tellVerdict();
  }

  dispose(): void {
    for (const shown of [...this.#shown.values()]) this.#close(shown);
    this.#controller.dispose();
  }

  #threadOf({ finding, uri, range }: LocatedFinding): CommentThread {
    const body = bodyOf(finding);
    const thread = this.#controller.createCommentThread(uri, range, [
      { body, mode: CommentMode.Preview, author: { name: "Waybill" } },
    ]);
    thread.canReply = false;
    thread.label = SEVERITY_NAMES[finding.severity];
    thread.contextValue = finding.replacement === undefined ? "plain" : "applicable";
    thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
    return thread;
  }

  #watch(shown: ShownFinding, expected: string): void {
    shown.watching?.dispose();
    shown.watching = workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== shown.uri.toString() || document.getText() !== normalised(document, expected))
        return;
      this.#close(shown);
      this.#applied += 1;
      this.#tellVerdict();
    });
  }

  #tellVerdict(): void {
    const verdict = reviewVerdict({ applied: this.#applied, dismissed: this.#dismissed, open: this.#shown.size });
    if (verdict !== undefined && this.#turnId !== undefined) noteOutcome(this.#services, this.#turnId, verdict);
  }

  #close(shown: ShownFinding): void {
    shown.watching?.dispose();
    shown.thread.dispose();
    this.#shown.delete(shown.thread);
  }
}

async function opened(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    const name = workspace.asRelativePath(uri, false);
    void window.showWarningMessage(`${name} is not there any more, so nothing was changed. Dismiss the finding.`);
    return undefined;
  }
}

/** An edit takes on the line ends of its document. */
function normalised(document: TextDocument, text: string): string {
  return text.replaceAll(/\r?\n/g, document.getText().includes("\r\n") ? "\r\n" : "\n");
}

/** Nothing of the answer is markup, a link or a command. */
function bodyOf({ sentence, replacement, file }: PlacedFinding): MarkdownString {
  // `appendText` makes every blank one that no line breaks at.
  const body = new MarkdownString(plainMarkdown(sentence));
  if (replacement === undefined) return body;
  return body.appendCodeblock(replacement, /\.([a-z0-9]{1,8})$/i.exec(file)?.[1] ?? "");
}
