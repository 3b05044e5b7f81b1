import { type CancellationToken, ProgressLocation, window } from "vscode";
import { buildRewriteMessages } from "../../../core/conversation/buildMessages.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import type { UnconfirmedCost } from "../../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../../core/budget/raiseLimit.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import { sumUsd } from "../../../core/money/nanoUsd.ts";
import type { Problem, ProblemAction } from "../../../core/problems/problem.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { describeNextTry } from "../../../turn/describeNextTry.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import { turnCost } from "../../../core/waybill/turnCost.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { type BudgetLeave, passBudget } from "../../platform/passBudget.ts";
import { isBudgetAction, isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { currentPlace } from "../../platform/settings.ts";
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

interface ProposalAnswer {
  /** What answers that did not do cost before, for the sentence about a failure. */
  readonly earlier: readonly Waybill[];
  readonly text: string;
  readonly waybill: Waybill | undefined;
  readonly problem: Problem | undefined;
  /** The budget that stopped it, or the wish to be asked. */
  readonly exceeded?: ExceededLimit | UnconfirmedCost | undefined;
}

const TRY_AGAIN: ProblemAction = { id: "try-again", label: "Try Again" };

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
    if (answer.waybill !== undefined) this.#services.spend.noteWaybill(answer.waybill);
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
  ): Promise<ProposalAnswer> {
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
      return await this.#read(proposal, engine.runTurn(order, abort.signal), report);
    } finally {
      check.dispose();
    }
  }

  async #read(
    proposal: Proposal,
    events: AsyncGenerator<TurnEvent>,
    report: (message: string) => void,
  ): Promise<ProposalAnswer> {
    let text = "";
    let because = "";
    const earlier: Waybill[] = [];
    for (;;) {
      const { done, value: event } = await events.next();
      if (done === true) return { text, earlier, waybill: undefined, problem: undefined };
      if (event.type === "attempt-start") report(`${because}${event.choice.model.name} is fixing the code…`);
      if (event.type === "retry-wait" || event.type === "fallback") report(describeNextTry(event));
      if (event.type === "climb") {
        this.#services.spend.noteWaybill(event.waybill);
        earlier.push(event.waybill);
        because = `${event.because}; `;
        text = "";
        this.#diffs.update(proposal, proposal.target.document.getText());
      }
      if (event.type === "text-delta") {
        text += event.text;
        this.#show(proposal, text);
      }
      const end = readEnd(event);
      if (end === undefined) continue;
      void this.#readCorrections(events);
      return { text, earlier, ...end };
    }
  }

  /** After a stop the cost is still looked up; the diff does not wait for that. */
  async #readCorrections(events: AsyncGenerator<TurnEvent>): Promise<void> {
    for await (const event of events) {
      if (event.type === "waybill-corrected") this.#services.spend.noteWaybill(event.waybill);
    }
  }

  #show(proposal: Proposal, answer: string): void {
    const { code } = readCodeBlock(answer);
    if (code !== undefined) this.#diffs.update(proposal, withReplacement(proposal.target, code));
  }

  async #conclude(fix: Fix, answer: ProposalAnswer): Promise<void> {
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
    await this.#tellFailure(fix, answer);
  }

  async #tellReady(waybill: Waybill): Promise<void> {
    const { model, cost, time, alarm } = presentWaybill(waybill);
    const inAll = turnCost(waybill) > waybill.cost ? [`${formatUsd(turnCost(waybill))} in all`] : [];
    const papers = [model, cost, ...inAll, time, ...(alarm === undefined ? [] : [alarm])].join(" · ");
    const choice = await window.showInformationMessage(`The fix is ready: ${papers}`, "Accept", "Drop");
    if (choice === "Accept") await this.accept();
    if (choice === "Drop") await this.drop();
  }

  async #tellFailure({ target }: Fix, { problem, waybill, earlier, exceeded }: ProposalAnswer): Promise<void> {
    const cost = describeCost(waybill, earlier);
    const sentence =
      (problem === undefined ? undefined : `${problem.sentence}${earlier.length > 0 ? cost : ""}`) ??
      `The answer held no complete code block, so there is nothing to apply. Your file is as it was.${cost}`;
    // Half a replacement is of no use, so a broken one is only asked for again.
    const offered = [problem?.action ?? TRY_AGAIN, ...(problem?.alternatives ?? [])].filter(
      ({ id }) => id !== "continue",
    );
    const labels = offered.map((action) => action.label);
    const isQuestion = exceeded !== undefined && !("blocking" in exceeded);
    const label = await (isQuestion
      ? window.showInformationMessage(sentence, ...labels, "Cancel")
      : window.showErrorMessage(sentence, ...labels));
    const action = offered.find((candidate) => candidate.label === label)?.id;
    if (action === undefined) return;
    if (!isRepeatAction(action)) return runProblemAction(action);
    if (!isBudgetAction(action) || exceeded === undefined) return this.propose(target);
    const click = { action, exceeded, place: currentPlace() };
    await this.propose(target, await passBudget(await this.#services.engine.get(), click));
  }
}

/** What a failed turn cost, with the answers before that did not do. */
function describeCost(waybill: Waybill | undefined, earlier: readonly Waybill[]): string {
  if (waybill !== undefined && turnCost(waybill) === waybill.cost) return ` It cost ${presentWaybill(waybill).cost}.`;
  const all = waybill === undefined ? sumUsd(earlier.map(({ cost }) => cost)) : turnCost(waybill);
  return all === 0 ? "" : ` It cost ${formatUsd(all)} in all.`;
}

function readEnd(event: TurnEvent): Omit<ProposalAnswer, "text" | "earlier"> | undefined {
  switch (event.type) {
    case "turn-end":
    case "turn-failed":
      return { waybill: event.waybill, problem: event.problem };
    case "turn-refused":
      return { waybill: undefined, problem: event.problem, exceeded: event.exceeded };
    case "route-chosen":
    case "reserved":
    case "attempt-start":
    case "retry-wait":
    case "fallback":
    case "climb":
    case "text-delta":
    case "reasoning-delta":
    case "sources-found":
    case "waybill-corrected":
      return undefined;
  }
}
