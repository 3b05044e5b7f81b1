import { ProgressLocation, window } from "vscode";
import { describeCondensing } from "../../../core/conversation/describeCondensing.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";
import { type Condensed, type CondensingPlan, condense, planCondensing, priceCondensing } from "./condensing.ts";

const CONDENSE = "Condense";

/** Asks with the price, then lets a cheap model condense the shown branch. Nothing is spent before the person says yes. */
export async function condenseChat({ engine }: ExtensionServices, session: ChatSession): Promise<void> {
  if (session.isRunning)
    return tell("Waybill is still answering. Condense the chat once the answer has ended; nothing was sent.");
  const plan = planCondensing(session);
  if (plan === undefined) {
    return tell("There is too little in this chat to condense: it takes two answered questions. Nothing was sent.");
  }
  const { routeKnown } = await routing(engine);
  const offer = await priceCondensing(session, plan, routeKnown);
  if (offer === undefined) {
    return tell(
      "No model can be asked for a summary of this chat within your rules. Nothing was sent; the chat is as it was.",
    );
  }
  const { question, detail } = describeCondensing(offer);
  if ((await window.showInformationMessage(question, { modal: true, detail }, CONDENSE)) !== CONDENSE) return;
  const outcome = await withProgress(session, plan);
  if (outcome.kind !== "condensed") void window.showWarningMessage(describeFailure(outcome));
}

async function routing(engine: ExtensionServices["engine"]) {
  const known = await engine.get();
  return { routeKnown: (order: Parameters<typeof known.routeKnown>[0]) => known.routeKnown(order) };
}

async function withProgress(session: ChatSession, plan: CondensingPlan): Promise<Condensed> {
  const options = { location: ProgressLocation.Notification, title: "Condensing the chat…", cancellable: true };
  return window.withProgress(options, async (_progress, token) => {
    const stopping = new AbortController();
    const listener = token.onCancellationRequested(() => stopping.abort());
    try {
      return await condense(session, plan, stopping.signal);
    } finally {
      listener.dispose();
    }
  });
}

function describeFailure(outcome: Exclude<Condensed, { kind: "condensed" }>): string {
  const unchanged = "The chat is as it was.";
  if (outcome.kind === "stopped")
    return `Condensing was stopped. What it cost until then is in your books. ${unchanged}`;
  if (outcome.kind === "overtaken") {
    return `The end of the chat was deleted meanwhile, or another window is writing there, so the summary was not put in. What it cost is in your books. ${unchanged}`;
  }
  if (outcome.problem !== undefined) return `${outcome.problem.sentence} ${unchanged}`;
  return `No whole summary came back. What it cost is in your books. ${unchanged} You can try again.`;
}

function tell(sentence: string): void {
  void window.showInformationMessage(sentence);
}
