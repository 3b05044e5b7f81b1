import { type CancellationToken, ProgressLocation, window } from "vscode";
import { buildRewriteMessages } from "../../../core/conversation/buildMessages.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { type CodeOffer, offerCode } from "./offerCode.ts";
import { ProposalCheck } from "./proposalCheck.ts";
import { type Proposal, ProposalDiffs } from "./proposalDiffs.ts";
import { type TargetCode, withReplacement } from "./targetCode.ts";

/** A fix that was asked for, and the diff it streams into. */
interface Fix {
  readonly target: TargetCode;
  /** What the person has just let it do. */
  readonly leave: BudgetLeave;
  readonly proposal: Proposal;
}

const NOTHING_TO_APPLY =
  "The answer held no complete code block, so there is nothing to apply. Your file is as it was.";

/** Fixes that stream into a diff. The file itself is only written when the person accepts. */
export class FixProposals {
  readonly #services: ExtensionServices;
  readonly #diffs: ProposalDiffs;

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#diffs = new ProposalDiffs(services);
  }

  async propose(target: TargetCode, leave: BudgetLeave = {}): Promise<void> {
    const proposal = this.#diffs.create(target, (turnId, kind) => this.#diffs.noteVerdict(turnId, kind));
    const fix: Fix = { target, leave, proposal };
    await this.#diffs.show(proposal, `Waybill: fix of ${target.context.label}`);
    const answer = await window.withProgress(
      { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
      (progress, token) => this.#stream(fix, { report: (message) => progress.report({ message }), token }),
    );
    await this.#conclude(fix, answer);
  }

  /** Shows code that is known already, in the same kind of diff. */
  async offer(offer: CodeOffer): Promise<void> {
    await offerCode(this.#diffs, offer);
  }

  /** Writes the proposal of the active diff into its file, as one undo step. */
  async accept(): Promise<void> {
    const proposal = this.#diffs.active();
    if (proposal !== undefined) await this.#diffs.accept(proposal);
  }

  async drop(): Promise<void> {
    const proposal = this.#diffs.active();
    if (proposal !== undefined) await this.#diffs.drop(proposal);
  }

  async #stream(
    { target, leave, proposal }: Fix,
    { report, token }: { report: (message: string) => void; token: CancellationToken },
  ): Promise<TurnAnswer> {
    const { abort } = proposal;
    const check = new ProposalCheck(target, proposal.uri, (text) => this.#diffs.update(proposal, text));
    token.onCancellationRequested(() => abort.abort());
    try {
      const engine = await this.#services.engine.get();
      const order: TurnOrder = {
        ...leave,
        surface: "fix",
        workspace: workspaceKey(),
        chatId: undefined,
        messages: buildRewriteMessages("fix", target.context),
        taskType: "fix",
        check: (answer, signal) => check.judge(answer, signal),
        signals: signalsOf({ text: "", code: [target.context], surface: "fix" }),
      };
      return await readTurn(engine.runTurn(order, abort.signal), {
        doing: "is fixing the code",
        report,
        show: (text) => this.#show(proposal, text),
        noteWaybill: (waybill) => this.#services.spend.noteWaybill(waybill),
      });
    } finally {
      check.dispose();
    }
  }

  #show(proposal: Proposal, answer: string): void {
    if (answer === "") this.#diffs.update(proposal, proposal.target.document.getText());
    const { code } = readCodeBlock(answer);
    if (code !== undefined) this.#diffs.update(proposal, withReplacement(proposal.target, code));
  }

  async #conclude(fix: Fix, answer: TurnAnswer): Promise<void> {
    const { proposal } = fix;
    const { text, waybill, problem } = answer;
    const { code, isClosed } = readCodeBlock(text);
    const isWhole = problem === undefined && waybill?.finish === "complete";
    if (isWhole) proposal.verdict.awaitFor(waybill.turnId);
    if (isWhole && code !== undefined && isClosed) {
      this.#diffs.settle(proposal, code);
      await this.#tellReady(waybill);
      return;
    }
    // A whole answer without the code that was asked for is one that nobody could accept.
    proposal.verdict.give("rejected");
    await this.#diffs.close(proposal);
    if (waybill?.finish === "stopped") return;
    const leave = await tellTurnFailure(this.#services, answer, NOTHING_TO_APPLY);
    if (leave !== undefined) await this.propose(fix.target, leave);
  }

  async #tellReady(waybill: Waybill): Promise<void> {
    const choice = await window.showInformationMessage(`The fix is ready: ${receiptLine(waybill)}`, "Accept", "Drop");
    if (choice === "Accept") await this.accept();
    if (choice === "Drop") await this.drop();
  }
}
