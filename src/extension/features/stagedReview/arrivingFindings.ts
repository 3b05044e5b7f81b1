import { TextEditorRevealType, type TextDocument, type TextEditor, window } from "vscode";
import type { FileDiff } from "../../../core/changes/fileDiff.ts";
import type { Finding } from "../../../core/review/finding.ts";
import { FindingStream } from "../../../core/review/findingStream.ts";
import {
  type PlacedFindings,
  type ShownLines,
  placeFindings,
  shownLinesOf,
} from "../../../core/review/placeFindings.ts";
import type { GitRepository } from "../../platform/gitRepositories.ts";
import { otherChanges } from "../commitMessage/readChanges.ts";
import { type LocatedFinding, locateFindings } from "./locateFindings.ts";
import type { ReviewComments } from "./reviewComments.ts";

/** Changes that are reviewed. */
interface ReviewedFiles {
  readonly repository: GitRepository;
  readonly files: readonly FileDiff[];
  /** Whether it is the index that is reviewed; the files may have changed since. */
  readonly isStaged: boolean;
}

/** Shows the findings of a review as comments, each as soon as the answer has all of it. */
export class ArrivingFindings {
  readonly #comments: ReviewComments;
  readonly #reviewed: ReviewedFiles;
  readonly #lines: ShownLines;
  /** Where the person was when it began, and in which version of the text. */
  readonly #editor: TextEditor | undefined = window.activeTextEditor;
  readonly #version: number | undefined = window.activeTextEditor?.document.version;
  #stream = new FindingStream();
  /** Characters of the answer that were read. */
  #read = 0;
  /** Findings are shown one after the other, in their order. */
  #last: Promise<void> = Promise.resolve();
  /** What has changed in the files since they were staged; read with the first finding. */
  #later: Promise<readonly FileDiff[]> | undefined;
  /** The comments of the last review are gone. */
  #hasBegun = false;
  #located: LocatedFinding[] = [];
  #loose: Finding[] = [];

  constructor(comments: ReviewComments, reviewed: ReviewedFiles) {
    this.#comments = comments;
    this.#reviewed = reviewed;
    this.#lines = shownLinesOf(reviewed.files);
  }

  /** The whole answer so far; shorter than before where a stronger model begins afresh. */
  show(text: string): void {
    if (text.length < this.#read) this.#restart();
    this.#add(this.#stream.push(text.slice(this.#read)));
    this.#read = text.length;
  }

  /** Nothing more arrives; gives what was found. Rejects when git cannot be read. */
  async end(): Promise<PlacedFindings> {
    this.#add(this.#stream.end());
    await this.#last;
    return { placed: this.#located.map(({ finding }) => finding), loose: this.#loose };
  }

  /** What is shown is the answer of this turn, also where that is nothing. */
  conclude(turnId: string): void {
    this.#begin();
    this.#comments.end(turnId);
  }

  #add(findings: readonly Finding[]): void {
    if (findings.length > 0) this.#then(() => this.#showThem(findings));
  }

  #then(work: () => Promise<void> | void): void {
    this.#last = this.#last.then(work);
    // It is told at the end.
    this.#last.catch(() => undefined);
  }

  #restart(): void {
    this.#stream = new FindingStream();
    this.#read = 0;
    this.#then(() => {
      if (this.#hasBegun) this.#comments.begin();
      this.#located = [];
      this.#loose = [];
    });
  }

  async #showThem(findings: readonly Finding[]): Promise<void> {
    const { repository, isStaged } = this.#reviewed;
    const { placed, loose } = placeFindings(findings, this.#lines);
    this.#later ??= isStaged ? otherChanges(repository) : Promise.resolve([]);
    const { located, gone } = await locateFindings(repository, placed, await this.#later);
    this.#begin();
    const isFirst = this.#located.length === 0;
    for (const each of located) this.#comments.add(each);
    this.#located.push(...located);
    this.#loose.push(...loose, ...gone);
    const [first] = located;
    if (isFirst && first !== undefined) await this.#reveal(first);
  }

  #begin(): void {
    if (!this.#hasBegun) this.#comments.begin();
    this.#hasBegun = true;
  }

  /** Not under the hands of somebody who works on meanwhile. */
  async #reveal({ uri, range }: LocatedFinding): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor !== this.#editor || editor?.document.version !== this.#version) return;
    if (editor !== undefined && isOf(editor.document, uri))
      editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    else await window.showTextDocument(uri, { selection: range, preview: true, preserveFocus: true });
  }
}

function isOf(document: TextDocument, uri: LocatedFinding["uri"]): boolean {
  return document.uri.toString() === uri.toString();
}
