import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { describeRouteRefusal } from "../../../core/problems/describeRefusal.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { type PresentedChoice, presentRoute } from "../../../core/routing/presentRoute.ts";
import type { RouteDecision } from "../../../core/routing/routeDecision.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { Engine } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { pinModel } from "../../platform/pinModel.ts";
import { isRepeatAction, runProblemAction } from "../../platform/problemActions.ts";
import { readSelection, routeText } from "./routeText.ts";

/** What fits into one line of the list. */
const LONGEST_LINE = 80;

interface RouteItem extends QuickPickItem {
  /** The model that can be pinned here. */
  readonly choice?: PresentedChoice;
}

/** Asks for a text, routes it with the selection, and shows the whole decision. Nothing is sent to a model. */
export async function showDryRun(services: ExtensionServices): Promise<void> {
  const selection = readSelection();
  const text = await window.showInputBox({
    title: "Waybill: What Would You Pick?",
    prompt: selection === undefined ? "What would you ask?" : `What would you ask about ${selection.context.label}?`,
    placeHolder: "Explain what this function does",
  });
  if (text === undefined || text.trim() === "") return;
  const engine = await services.engine.get();
  try {
    const decision = await routeText(engine, text, selection);
    if (decision.kind === "refuse") await tell(describeRouteRefusal(decision.why, engine.gateway().host));
    else showDecision(decision);
  } catch (error) {
    await tell(describe(error, engine));
  }
}

function showDecision(decision: Extract<RouteDecision, { kind: "route" }>): void {
  const { taskType } = decision.task;
  const pick = window.createQuickPick<RouteItem>();
  pick.title = `Waybill: ${decision.choice.model.name}, for ${taskType}`;
  pick.placeholder = `Choose a model to pin it for ${taskType}, or just read. Nothing was sent.`;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = itemsOf(decision);
  pick.onDidHide(() => pick.dispose());
  pick.onDidAccept(async () => {
    const choice = pick.selectedItems[0]?.choice;
    if (choice === undefined) return;
    pick.hide();
    await offerPin(choice, taskType);
  });
  pick.show();
}

function itemsOf(decision: Extract<RouteDecision, { kind: "route" }>): RouteItem[] {
  const { reasons, ladder, standIns, others, excluded } = presentRoute(decision);
  return [
    ...section(
      "First choice, then stronger ones",
      ladder.map((choice, rung) => choiceItem(choice, rung === 0 ? "star-full" : "arrow-up")),
    ),
    ...section("Why", reasons.map(reasonItem)),
    ...section(
      "When a service fails",
      standIns.map((choice) => choiceItem(choice, "sync")),
    ),
    ...section(
      "Others that could take it",
      others.map((choice) => choiceItem(choice, "circle-outline")),
    ),
    ...section(
      "Ruled out",
      excluded.map(({ rule, count }) => ({ label: `${count} ${rule}`, iconPath: new ThemeIcon("circle-slash") })),
    ),
  ];
}

function section(label: string, items: readonly RouteItem[]): RouteItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

/** A long line would be cut; most have their numbers after a colon. */
function reasonItem(reason: string): RouteItem {
  const iconPath = new ThemeIcon("info");
  const colon = reason.length > LONGEST_LINE ? reason.indexOf(": ") : -1;
  return colon < 0
    ? { label: reason, iconPath }
    : { label: reason.slice(0, colon), detail: reason.slice(colon + 2), iconPath };
}

function choiceItem(choice: PresentedChoice, icon: string): RouteItem {
  const { name, cost, evidence, modelId } = choice;
  return { label: name, description: cost, detail: `${modelId} · ${evidence}`, iconPath: new ThemeIcon(icon), choice };
}

async function offerPin({ name, modelId }: PresentedChoice, taskType: TaskType): Promise<void> {
  const pinIt = `Pin for ${taskType}`;
  const chosen = await window.showInformationMessage(
    `Always ask ${name} for ${taskType}? A pin is never replaced, also when it is dear or fails.`,
    pinIt,
  );
  if (chosen !== pinIt) return;
  await pinModel(taskType, modelId);
}

function describe(error: unknown, engine: Engine): Problem {
  const gatewayHost = engine.gateway().host;
  return describeError(toWaybillError(error), { gatewayHost, modelName: undefined, wasSent: false, hasText: false });
}

async function tell({ sentence, action }: Problem): Promise<void> {
  const isRepeat = isRepeatAction(action.id);
  const chosen = await window.showErrorMessage(sentence, ...(isRepeat ? [] : [action.label]));
  if (chosen === action.label && !isRepeatAction(action.id)) await runProblemAction(action.id);
}
