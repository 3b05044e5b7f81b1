import {
  type CancellationToken,
  ProgressLocation,
  TabInputTextDiff,
  type Uri,
  ViewColumn,
  WorkspaceEdit,
  commands,
  window,
  workspace,
} from "vscode";
import { buildRewriteMessages } from "../../../core/conversation/buildMessages.ts";
import { readCodeBlock } from "../../../core/edits/readCodeBlock.ts";
import type { UnconfirmedCost } from "../../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../../core/budget/raiseLimit.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import { sumUsd } from "../../../core/money/nanoUsd.ts";
import type { Problem, ProblemAction } from "../../../core/problems/problem.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { describeNextTry } from "../../../turn/describeNextTry.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import { turnCost } from "../../../core/waybill/turnCost.ts";
import type { Waybill } from "../../../core/waybill/waybill.ts";
import type { TurnEvent } from "../../../turn/turnEvent.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import { PROPOSAL_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { type BudgetLeave, passBudget } from "../../platform/passBudget.ts";
import { isBudgetAction, isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { currentPlace } from "../../platform/settings.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { ProposalCheck } from "./proposalCheck.ts";
import { ProposalDocuments } from "./proposalDocuments.ts";
import { ProposalVerdict } from "./proposalVerdict.ts";
import { UndoneFixes } from "./undoneFixes.ts";
import { type TargetCode, withReplacement } from "./targetCode.ts";

/** A change that was proposed and is shown as a diff until it is accepted or dropped. */
interface Proposal {
  readonly target: TargetCode;
  /** What the person has just let it do. */
  readonly leave: BudgetLeave;
  readonly uri: Uri;
  /** The replacement of the target's range, once the answer is complete. */
  replacement: string | undefined;
  /** Stops the answer that is still arriving. */
  readonly abort: AbortController;
  readonly verdict: ProposalVerdict;
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
  readonly #documents: ProposalDocuments;
  readonly #proposals = new Map<string, Proposal>();
  readonly #undone: UndoneFixes;

  constructor(services: ExtensionServices) {
    this.#services = services;
    this.#documents = services.disposables.add(new ProposalDocuments());
    this.#undone = services.disposables.add(new UndoneFixes((turnId, kind) => void this.#noteOutcome(turnId, kind)));
    services.disposables.add(workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, this.#documents));
    services.disposables.add(
      window.tabGroups.onDidChangeTabs(({ closed }) => this.#forgetClosed(closed.map(({ input }) => input))),
    );
  }

  async propose(target: TargetCode, leave: BudgetLeave = {}): Promise<void> {
    const proposal = this.#create({ target, leave });
    const title = `Waybill: fix of ${target.context.label}`;
    await commands.executeCommand("vscode.diff", target.document.uri, proposal.uri, title, {
      viewColumn: ViewColumn.Active,
      preview: true,
    });
    const answer = await window.withProgress(
      { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
      (progress, token) => this.#stream(proposal, { report: (message) => progress.report({ message }), token }),
    );
    if (answer.waybill !== undefined) this.#services.spend.noteWaybill(answer.waybill);
    await this.#conclude(proposal, answer);
  }

  /** Writes the proposal of the active diff into its file, as one undo step. */
  async accept(): Promise<void> {
    const proposal = this.#active();
    if (proposal === undefined) return;
    const { target, replacement } = proposal;
    if (replacement === undefined) {
      void window.showInformationMessage(
        "The fix is still arriving; nothing was changed. Wait for its end, or drop it.",
      );
      return;
    }
    if (target.document.isClosed || target.document.version !== target.version) {
      proposal.verdict.withdraw();
      void window.showWarningMessage(
        "The file has changed since the fix was asked for, so it was not applied. Nothing was changed; ask for the fix again.",
      );
      return;
    }
    const textBefore = target.document.getText();
    const edit = new WorkspaceEdit();
    edit.replace(target.document.uri, target.range, replacement);
    const isApplied = await workspace.applyEdit(edit);
    if (!isApplied) {
      void window.showWarningMessage("The editor did not take the fix; the file is as it was. Ask for the fix again.");
      return;
    }
    const turnId = proposal.verdict.give("accepted");
    if (turnId !== undefined) this.#undone.watch(turnId, target.document, textBefore);
    await this.#close(proposal);
    await window.showTextDocument(target.document);
  }

  async drop(): Promise<void> {
    const proposal = this.#active();
    if (proposal === undefined) return;
    proposal.verdict.give("rejected");
    await this.#close(proposal);
  }

  #create({ target, leave }: Pick<Proposal, "target" | "leave">): Proposal {
    const uri = this.#documents.create(target.document.uri, crypto.randomUUID(), target.document.getText());
    const verdict = new ProposalVerdict((turnId, kind) => void this.#noteOutcome(turnId, kind));
    const proposal: Proposal = { target, leave, uri, replacement: undefined, abort: new AbortController(), verdict };
    this.#proposals.set(uri.toString(), proposal);
    return proposal;
  }

  async #stream(
    proposal: Proposal,
    { report, token }: { report: (message: string) => void; token: CancellationToken },
  ): Promise<ProposalAnswer> {
    const { target, leave, abort } = proposal;
    const check = new ProposalCheck(target, proposal.uri, (text) => {
      if (this.#proposals.has(proposal.uri.toString())) this.#documents.update(proposal.uri, text);
    });
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
        this.#documents.update(proposal.uri, proposal.target.document.getText());
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
    if (code !== undefined) this.#documents.update(proposal.uri, withReplacement(proposal.target, code));
  }

  async #conclude(proposal: Proposal, answer: ProposalAnswer): Promise<void> {
    const { text, waybill, problem } = answer;
    const { code, isClosed } = readCodeBlock(text);
    const isWhole = problem === undefined && waybill?.finish === "complete";
    if (isWhole) proposal.verdict.awaitFor(waybill.turnId);
    if (isWhole && code !== undefined && isClosed) {
      proposal.replacement = code;
      this.#documents.update(proposal.uri, withReplacement(proposal.target, code));
      await this.#offer(waybill);
      return;
    }
    // A whole answer without the code that was asked for is one that nobody could accept.
    proposal.verdict.give("rejected");
    await this.#close(proposal);
    if (waybill?.finish === "stopped") return;
    await this.#tellFailure(proposal, answer);
  }

  async #offer(waybill: Waybill): Promise<void> {
    const { model, cost, time, alarm } = presentWaybill(waybill);
    const inAll = turnCost(waybill) > waybill.cost ? [`${formatUsd(turnCost(waybill))} in all`] : [];
    const papers = [model, cost, ...inAll, time, ...(alarm === undefined ? [] : [alarm])].join(" · ");
    const choice = await window.showInformationMessage(`The fix is ready: ${papers}`, "Accept", "Drop");
    if (choice === "Accept") await this.accept();
    if (choice === "Drop") await this.drop();
  }

  async #tellFailure({ target }: Proposal, { problem, waybill, earlier, exceeded }: ProposalAnswer): Promise<void> {
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

  #active(): Proposal | undefined {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputTextDiff ? this.#proposals.get(input.modified.toString()) : undefined;
  }

  async #close(proposal: Proposal): Promise<void> {
    this.#forget(proposal);
    const tabs = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === proposal.uri.toString(),
      );
    await window.tabGroups.close(tabs, true);
  }

  #forgetClosed(inputs: readonly unknown[]): void {
    for (const input of inputs) {
      const proposal = input instanceof TabInputTextDiff ? this.#proposals.get(input.modified.toString()) : undefined;
      if (proposal === undefined) continue;
      proposal.verdict.give("rejected");
      this.#forget(proposal);
    }
  }

  /** Routing learns from it; a verdict that cannot be kept is no reason to disturb the person. */
  async #noteOutcome(turnId: string, kind: OutcomeKind): Promise<void> {
    const { engine, log } = this.#services;
    await engine
      .get()
      .then((loaded) => loaded.noteOutcome(turnId, kind))
      .catch((error: unknown) => log.error("outcome-not-noted", error));
  }

  #forget(proposal: Proposal): void {
    proposal.abort.abort();
    this.#proposals.delete(proposal.uri.toString());
    this.#documents.remove(proposal.uri);
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
    case "waybill-corrected":
      return undefined;
  }
}
