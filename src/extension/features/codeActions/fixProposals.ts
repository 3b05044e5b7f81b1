import { type CancellationToken, ProgressLocation, type TextDocument, type Uri, window, workspace } from "vscode";
import type { CheckVerdict } from "../../../core/checks/checkVerdict.ts";
import type { AcceptedEdit } from "../../../core/outcomes/acceptedEdits.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { NOTHING_TO_APPLY, tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { adoptLanguage } from "./adoptLanguage.ts";
import { acceptNewFile } from "./acceptNewFile.ts";
import { type CodeOffer, offerCode } from "./offerCode.ts";
import { ProposalCheck } from "./proposalCheck.ts";
import { type Proposal, ProposalDiffs } from "./proposalDiffs.ts";
import { type ProposedChange, changedText, replacementOf, titleOf } from "./proposedChange.ts";

/** A change that was asked for, and the diff it streams into. */
interface Rewrite {
  readonly change: ProposedChange;
  /** What the person has just let it do. */
  readonly leave: BudgetLeave;
  readonly proposal: Proposal;
}

interface StreamPorts {
  readonly report: (message: string) => void;
  readonly token: CancellationToken;
}

/** An answer, and what the editor says of a whole one. */
interface SeenAnswer extends TurnAnswer {
  readonly seen?: CheckVerdict;
}

/** Changes that stream into a diff. The file itself is only written when the person accepts. */
export class FixProposals {
  readonly #services: ExtensionServices;
  readonly #diffs: ProposalDiffs;

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#diffs = new ProposalDiffs(services);
  }

  async propose(change: ProposedChange, leave: BudgetLeave = {}): Promise<void> {
    const { target } = change;
    const proposal = this.#diffs.create(target, (turnId, kind, lines) => this.#diffs.noteVerdict(turnId, kind, lines));
    const rewrite: Rewrite = { change, leave, proposal };
    await adoptLanguage(proposal.uri, target.creates === undefined ? target.document.languageId : undefined);
    await this.#diffs.show(proposal, titleOf(change));
    const answer = await window.withProgress(
      { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
      (progress, token) =>
        this.#stream(rewrite, { report: (message) => progress.report({ message }), token }).catch(
          async (error: unknown) => {
            await this.#diffs.close(proposal);
            throw error;
          },
        ),
    );
    await this.#conclude(rewrite, answer);
  }

  /** Stands for a file that is not there yet, in a proposal that makes it. */
  emptyDocument(file: Uri): Promise<TextDocument> {
    return this.#diffs.emptyDocument(file);
  }

  /** Shows code that is known already, in the same kind of diff. */
  async offer(offer: CodeOffer): Promise<void> {
    await offerCode(this.#diffs, offer);
  }

  /** Writes the proposal of the active diff into its file, as one undo step. */
  async accept(): Promise<void> {
    const proposal = this.#diffs.active();
    if (proposal !== undefined) await this.#accept(proposal);
  }

  /** Notes what becomes of an edit that was accepted elsewhere: whether it is undone, or edited afterwards. */
  watchAccepted(edit: AcceptedEdit): void {
    this.#diffs.watch(edit);
  }

  async drop(): Promise<void> {
    const proposal = this.#diffs.active();
    if (proposal !== undefined) await this.#diffs.drop(proposal);
  }

  async #accept(proposal: Proposal): Promise<void> {
    const {
      replacement,
      target: { creates },
    } = proposal;
    if (creates === undefined || replacement === undefined) return this.#diffs.accept(proposal);
    await this.#diffs.once(proposal, async () => {
      if (!(await acceptNewFile(creates, replacement))) return;
      const document = await workspace.openTextDocument(creates);
      await this.#diffs.settleAccepted(proposal, { document, textBefore: undefined });
    });
  }

  async #stream({ change, leave, proposal }: Rewrite, { report, token }: StreamPorts): Promise<SeenAnswer> {
    const { abort } = proposal;
    const { surface, taskType, doing } = change.wish;
    const check = new ProposalCheck(change, proposal.uri, (text) => this.#diffs.update(proposal, text));
    token.onCancellationRequested(() => abort.abort());
    try {
      const engine = await this.#services.engine.get();
      const order: TurnOrder = {
        ...leave,
        surface,
        workspace: workspaceKey(),
        chatId: undefined,
        messages: change.messages,
        taskType,
        check: (answer, signal) => check.judge(answer, signal),
        signals: signalsOf({ text: "", code: [change.target.context], surface }),
      };
      const answer = await readTurn(engine.runTurn(order, abort.signal), {
        doing,
        report,
        show: (text) => this.#show(proposal, change, text),
        noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
      });
      if (!this.#settle({ change, leave, proposal }, answer)) return answer;
      report("looking for new problems…");
      return { ...answer, seen: await check.look(answer.text, abort.signal) };
    } finally {
      check.dispose();
    }
  }

  #show(proposal: Proposal, change: ProposedChange, answer: string): void {
    if (answer === "") this.#diffs.update(proposal, change.target.document.getText());
    const { code } = readCodeBlock(answer);
    if (code !== undefined) this.#diffs.update(proposal, changedText(change, code));
  }

  /** Whether the answer can be accepted. A whole one waits for a verdict in any case. */
  #settle({ change, proposal }: Rewrite, { text, waybill, problem }: TurnAnswer): boolean {
    if (problem !== undefined || waybill?.finish !== "complete") return false;
    proposal.verdict.awaitFor(waybill.turnId);
    const { code, isClosed } = readCodeBlock(text);
    if (code === undefined || !isClosed) return false;
    this.#diffs.settle(proposal, replacementOf(change, code));
    return true;
  }

  async #conclude({ change, proposal }: Rewrite, answer: SeenAnswer): Promise<void> {
    const { waybill, seen } = answer;
    if (waybill !== undefined && seen !== undefined) return this.#tellReady({ change, proposal }, waybill, seen);
    // A whole answer without the code that was asked for is one that nobody could accept.
    proposal.verdict.give("rejected");
    await this.#diffs.close(proposal);
    if (waybill?.finish === "stopped") return;
    const leave = await tellTurnFailure(this.#services, answer, NOTHING_TO_APPLY);
    if (leave !== undefined) await this.propose(change, leave);
  }

  /** New errors count against the answer until the person says otherwise. What they say here is of this change, whatever is shown. */
  async #tellReady(
    { change, proposal }: Pick<Rewrite, "change" | "proposal">,
    waybill: Waybill,
    seen: CheckVerdict,
  ): Promise<void> {
    // The buttons of the diff are quicker than the look for new problems.
    if (!this.#diffs.isOpen(proposal)) return;
    const ready = `${change.wish.ready}: ${receiptLine(waybill)}`;
    if (seen.kind === "failed") this.#diffs.noteVerdict(waybill.turnId, "rejected");
    const choice = await (seen.kind === "failed"
      ? window.showWarningMessage(`${ready}. But it ${seen.lesson}.`, "Accept", "Drop")
      : window.showInformationMessage(ready, "Accept", "Drop"));
    if (choice === "Accept") await this.#accept(proposal);
    if (choice === "Drop") await this.#diffs.drop(proposal);
  }
}
