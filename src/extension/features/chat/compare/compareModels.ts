import { window } from "vscode";
import { askBeforeComparing } from "../../../../core/budget/presentComparison.ts";
import { isAborted, toWaybillError } from "../../../../core/errors/waybillError.ts";
import { describeError } from "../../../../core/problems/describeError.ts";
import { describeRouteRefusal } from "../../../../core/problems/describeRefusal.ts";
import { withoutPins } from "../../../../core/routing/withoutPins.ts";
import type { ModelChoice } from "../../../../core/routing/routeDecision.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import { showProblem } from "../../../platform/problemActions.ts";
import { favouriteModels } from "../../modelBrowser/favouriteModels.ts";
import type { ChatSession } from "../chatSession.ts";
import { lendKeyboard } from "../lendKeyboard.ts";
import type { Question } from "../question.ts";
import { Comparison, type ModelToAsk, leaveFor } from "./comparison.ts";
import { pickComparedModels, priceOf } from "./pickComparedModels.ts";
import { priceComparison } from "./priceComparison.ts";
import { priceSummary } from "./priceSummary.ts";

/** What comparing needs of the chat that is shown. */
export interface ComparedChat {
  readonly services: ExtensionServices;
  readonly session: ChatSession;
  /** What the text would ask with what goes along now. */
  readonly questionOf: (text: string) => Question;
  /** The question is about to be sent: the composer keeps neither what went along, nor the question if it was typed there. */
  readonly takeDraft: () => void;
  /** To be called before a list takes the keyboard; what it answers brings the keyboard back to where it was. */
  readonly borrowKeyboard: () => () => Promise<void>;
}

/** Asks which models, says what they cost in all, and asks them at the same time. Until then nothing is sent. */
export async function compareModels(chat: ComparedChat, text: string): Promise<void> {
  const { services, session } = chat;
  if (session.mustWait) return tellToWait();
  const typed = text.trim() === "" ? await askForQuestion() : text;
  if (typed === undefined || typed.trim() === "") return;
  const question = chat.questionOf(typed.trim());
  try {
    const models = await lendKeyboard(chat.borrowKeyboard(), () => chooseModels(chat, question));
    if (models === undefined) return;
    // Asked here or in another window meanwhile; what was typed stays where it is.
    if (session.mustWait) return tellToWait();
    chat.takeDraft();
    await new Comparison(session).ask(question, models);
    await priceSummary(services, session);
  } catch (error) {
    if (isAborted(error)) return;
    services.log.error("comparison", error);
    const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
    const context = { gatewayHost, modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => compareModels(chat, typed));
  }
}

function tellToWait(): void {
  void window.showInformationMessage("Waybill is still answering. Stop it or wait, then compare; nothing was sent.");
}

function askForQuestion(): Thenable<string | undefined> {
  return window.showInputBox({
    title: "Waybill: Compare Models",
    prompt: "What are the models to answer? You see what it costs before anything is sent.",
    placeHolder: "Which test is missing for this function?",
    ignoreFocusOut: true,
  });
}

async function chooseModels(chat: ComparedChat, question: Question): Promise<readonly ModelToAsk[] | undefined> {
  const { services, session } = chat;
  const engine = await services.engine.get();
  const gatewayHost = engine.gateway().host;
  const { signal } = new AbortController();
  const again = () => compareModels(chat, question.text);
  const { decision } = await engine.routeOnly({ ...session.orderOf(question), narrow: withoutPins }, signal);
  if (decision.kind === "refuse") {
    await showProblem(describeRouteRefusal(decision.why, gatewayHost), again);
    return undefined;
  }
  const favourites = favouriteModels(services.context.globalState);
  const picked = await pickComparedModels({ route: decision, favourites, nowMs: Date.now() });
  if (picked === undefined) return undefined;
  const orders = picked.map((choice) => session.orderOf({ ...question, choice: modelOf(choice) }));
  const priced = priceComparison(
    await Promise.all(orders.map((order) => engine.routeOnly(order, signal))),
    gatewayHost,
  );
  if (priced.kind === "impossible") {
    await showProblem(priced.problem, again);
    return undefined;
  }
  const { sentence, detail } = askBeforeComparing(priced.choices.map(priceOf));
  const said = await window.showInformationMessage(sentence, { modal: true, detail }, SEND);
  if (said !== SEND) return undefined;
  return priced.choices.map((choice) => ({ model: modelOf(choice), leave: leaveFor(choice.worstCase) }));
}

const SEND = "Send";

function modelOf({ model }: ModelChoice): ModelToAsk["model"] {
  return { kind: "model", modelId: model.id, name: model.name };
}
