import { EndOfLine, type Range, type Tab, TabInputTextDiff, type TextDocument, type Uri, ViewColumn } from "vscode";
import { commands, window, workspace } from "vscode";
import type { AcceptedEdit, AcceptedFile } from "../../../core/outcomes/acceptedEdits.ts";
import { countChanged } from "../../../core/outcomes/changedLines.ts";
import { type AcceptedLines, acceptedLines } from "../../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { PROPOSAL_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { noteEdited, noteOutcome } from "../../platform/noteOutcome.ts";
import { ProposalDocuments } from "./proposalDocuments.ts";
import { ProposalVerdict, type ReportVerdict } from "./proposalVerdict.ts";
import { tellNewAddresses } from "../edits/tellNewAddresses.ts";
import { AcceptedWatch } from "../edits/acceptedWatch.ts";
import { isFree } from "../edits/waitingChanges.ts";
import { mayWrite } from "../edits/writeGate.ts";
import { writeText } from "../edits/writeText.ts";
import { withReplacement } from "./targetCode.ts";

/** A part of a document, at a version. */
export interface ProposalTarget {
  readonly document: TextDocument;
  readonly version: number;
  readonly range: Range;
  /** The file that the change makes; the document then stands for nothing. */
  readonly creates?: Uri;
}

/** A change that is shown as a diff until it is accepted or dropped. */
export interface Proposal {
  readonly target: ProposalTarget;
  readonly uri: Uri;
  /** The replacement of the target's range, once it is known whole. */
  replacement: string | undefined;
  /** Stops the answer that is still arriving. */
  readonly abort: AbortController;
  readonly verdict: ProposalVerdict;
}

/** The diffs that wait for the person's word. A file is only written when they accept. */
export class ProposalDiffs {
  readonly #services: ExtensionServices;
  readonly #documents: ProposalDocuments;
  readonly #proposals = new Map<string, Proposal>();
  readonly #watch: AcceptedWatch;
  readonly #accepting = new WeakSet<Proposal>();

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#documents = services.disposables.add(new ProposalDocuments());
    this.#watch = services.disposables.add(
      new AcceptedWatch({
        verdict: ({ turnId, kind, lines }) => this.noteVerdict(turnId, kind, lines),
        edited: (turnId, lines) => noteEdited(services, turnId, lines),
        state: services.context.workspaceState,
      }),
    );
    services.disposables.add(workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, this.#documents));
    services.disposables.add(
      window.tabGroups.onDidChangeTabs(({ closed }) => this.#forgetClosed(closed.map(({ input }) => input))),
    );
  }

  /** The left side of the diff of a file that is not there yet. */
  async emptyDocument(file: Uri): Promise<TextDocument> {
    return workspace.openTextDocument(this.#documents.create(file, crypto.randomUUID(), ""));
  }

  create(target: ProposalTarget, report: ReportVerdict): Proposal {
    const uri = this.#documents.create(target.document.uri, crypto.randomUUID(), target.document.getText());
    const verdict = new ProposalVerdict(report);
    const proposal: Proposal = { target, uri, replacement: undefined, abort: new AbortController(), verdict };
    this.#proposals.set(uri.toString(), proposal);
    return proposal;
  }

  async show({ target, uri }: Proposal, title: string): Promise<void> {
    // The next file that is looked at would take the place of a preview, and drop what was paid for.
    const options = { viewColumn: ViewColumn.Active, preview: false };
    await commands.executeCommand("vscode.diff", target.document.uri, uri, title, options);
  }

  /** Shows another text of the whole document; nothing happens when the diff is gone. */
  update({ uri }: Proposal, text: string): void {
    if (this.#proposals.has(uri.toString())) this.#documents.update(uri, text);
  }

  /** The change is whole and may be accepted. */
  settle(proposal: Proposal, replacement: string): void {
    proposal.replacement = replacement;
    const text = withReplacement(proposal.target, replacement);
    this.update(proposal, text);
    tellNewAddresses(proposal.target.document.getText(), text);
  }

  /** The proposal of the active diff. */
  active(): Proposal | undefined {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputTextDiff ? this.#proposals.get(input.modified.toString()) : undefined;
  }

  /** It was neither accepted nor dropped. */
  isOpen({ uri }: Proposal): boolean {
    return this.#proposals.has(uri.toString());
  }

  /** Writes the proposal into its file, as one undo step. */
  async accept(proposal: Proposal): Promise<void> {
    await this.once(proposal, () => this.#accept(proposal));
  }

  /** To accept what is being accepted is nothing, and so it is for one whose diff is gone: it was dropped. */
  async once(proposal: Proposal, accept: () => Promise<void>): Promise<void> {
    if (!this.isOpen(proposal) || this.#accepting.has(proposal)) return;
    this.#accepting.add(proposal);
    try {
      await accept();
    } finally {
      this.#accepting.delete(proposal);
    }
  }

  async #accept(proposal: Proposal): Promise<void> {
    const { target, replacement } = proposal;
    if (replacement === undefined) {
      void window.showInformationMessage(
        "The change is still arriving; nothing was changed. Wait for its end, or drop it.",
      );
      return;
    }
    if (!isFree(this.#services.context.workspaceState, target.document)) return;
    const textBefore = target.document.getText();
    const textAfter = textWith(target, replacement);
    if (!isStale(target) && !(await mayWrite([{ uri: target.document.uri, textBefore, textAfter }]))) return;
    // The person may have typed while they were asked.
    if (isStale(target)) {
      proposal.verdict.withdraw();
      void window.showWarningMessage(
        "The file has changed since this change was proposed, so it was not applied. Nothing was changed; ask for it again.",
      );
      return;
    }
    if (!(await writeText(target.document, textAfter))) return;
    await this.settleAccepted(proposal, { document: target.document, textBefore });
  }

  /** What the proposal promised is written: all of it is accepted, and what becomes of it is watched. */
  async settleAccepted(
    proposal: Proposal,
    { document, textBefore }: { readonly document: TextDocument; readonly textBefore: string | undefined },
  ): Promise<void> {
    const file: AcceptedFile = { document: document.uri.toString(), textBefore, textAfter: document.getText() };
    const changed = countChanged(file.textBefore, file.textAfter);
    const lines = acceptedLines(changed, changed);
    const turnId = proposal.verdict.give("accepted", lines);
    if (turnId !== undefined) this.watch({ turnId, kind: "accepted", lines, files: [file] });
    await this.close(proposal);
    await window.showTextDocument(document);
  }

  /** Notes what becomes of an edit that was accepted just now. */
  watch(edit: AcceptedEdit): void {
    this.#watch.watch(edit);
  }

  async drop(proposal: Proposal): Promise<void> {
    proposal.verdict.give("rejected");
    await this.close(proposal);
  }

  async close(proposal: Proposal): Promise<void> {
    this.#forget(proposal);
    await window.tabGroups.close(tabsOf(proposal), true);
  }

  /** Routing learns from it; a verdict that cannot be kept is no reason to disturb the person. */
  noteVerdict(turnId: string, kind: OutcomeKind, lines?: AcceptedLines): void {
    noteOutcome(this.#services, turnId, { kind, lines });
  }

  #forgetClosed(inputs: readonly unknown[]): void {
    for (const input of inputs) {
      const proposal = input instanceof TabInputTextDiff ? this.#proposals.get(input.modified.toString()) : undefined;
      // A tab that was moved to another group, or split, is still there.
      if (proposal === undefined || tabsOf(proposal).length > 0) continue;
      proposal.verdict.give("rejected");
      this.#forget(proposal);
    }
  }

  #forget(proposal: Proposal): void {
    proposal.abort.abort();
    this.#proposals.delete(proposal.uri.toString());
    this.#documents.remove(proposal.uri);
  }
}

function tabsOf({ uri }: Proposal): readonly Tab[] {
  return window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === uri.toString());
}

function isStale({ document, version }: ProposalTarget): boolean {
  return document.isClosed || document.version !== version;
}

/** As the editor will write it: with the document's own line ends. */
function textWith(target: ProposalTarget, replacement: string): string {
  const lineEnd = target.document.eol === EndOfLine.CRLF ? "\r\n" : "\n";
  return withReplacement(target, replacement.replaceAll(/\r\n?|\n/gu, lineEnd));
}
