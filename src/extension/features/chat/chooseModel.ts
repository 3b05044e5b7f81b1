import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { browsedModel } from "../../../core/catalog/browsedModel.ts";
import type { CatalogModel } from "../../../core/catalog/catalogModel.ts";
import { modelSummary } from "../../../core/catalog/presentModel.ts";
import { isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import { lifeCycleRule } from "../../../core/routing/eligibleModels.ts";
import { ROUTING_PROFILES, type RoutingProfile } from "../../../core/routing/routePolicy.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { favouriteModels } from "../modelBrowser/favouriteModels.ts";
import type { ChatSession } from "./chatSession.ts";
import { viewChoice } from "./storedChoice.ts";

interface WayItem extends QuickPickItem {
  readonly way?: "settings" | "model" | RoutingProfile;
}

interface ModelRow extends QuickPickItem {
  readonly model?: CatalogModel;
}

const PROFILE_DETAILS: Readonly<Record<RoutingProfile, string>> = {
  economy: "Begins with the cheapest model that is good enough",
  balanced: "Weighs what an answer costs against your time",
  quality: "Begins near the best model for the task",
  free: "Only models that cost nothing",
  private: "Only providers that neither collect nor keep what you send",
};

/** Asks what this chat is to use instead of what the settings say: one model, or a profile. */
export async function chooseForChat(services: ExtensionServices, session: ChatSession): Promise<void> {
  const picked = await window.showQuickPick(waysToChoose(services, session.choice), {
    title: "Waybill: Model of This Chat",
    placeHolder: "Which model is to answer in this chat? What your settings exclude stays excluded.",
    matchOnDescription: true,
  });
  if (picked?.way === undefined) return;
  const choice = picked.way === "model" ? await pickModelOnce(services) : choiceOf(picked.way);
  if (picked.way === "model" && choice === undefined) return;
  session.choose(choice);
  session.ports.emit({ kind: "choice-changed", ...viewChoice(choice) });
}

/** One model of the gateway's list; `undefined` when the person chose none. */
export async function pickModelOnce(services: ExtensionServices): Promise<ChatChoice | undefined> {
  try {
    const picked = await window.showQuickPick(modelRows(services), {
      title: "Waybill: Choose a Model",
      placeHolder: "Name of a model",
      matchOnDetail: true,
    });
    return picked?.model === undefined
      ? undefined
      : { kind: "model", modelId: picked.model.id, name: picked.model.name };
  } catch (error) {
    if (isAborted(error)) return undefined;
    services.log.error("model list", error);
    const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
    const context = { gatewayHost, modelName: undefined, wasSent: false, hasText: false };
    let again: ChatChoice | undefined;
    await showProblem(describeError(toWaybillError(error), context), async () => {
      again = await pickModelOnce(services);
    });
    return again;
  }
}

function choiceOf(way: "settings" | RoutingProfile): ChatChoice | undefined {
  return way === "settings" ? undefined : { kind: "profile", profile: way };
}

function waysToChoose({ settings }: ExtensionServices, choice: ChatChoice | undefined): WayItem[] {
  const { profile } = settings().policies.base;
  const mark = (isChosen: boolean) => (isChosen ? { description: "chosen" } : {});
  return [
    {
      label: "As in your settings",
      detail: `The profile there is ${profile}.`,
      iconPath: new ThemeIcon("settings-gear"),
      way: "settings",
      ...mark(choice === undefined),
    },
    {
      label: "One model…",
      detail: "Always this one, also where it is dear or fails",
      iconPath: new ThemeIcon("pin"),
      way: "model",
      ...(choice?.kind === "model" ? { description: choice.name } : {}),
    },
    { label: "Profiles", kind: QuickPickItemKind.Separator },
    ...ROUTING_PROFILES.map((way) => ({
      label: way,
      detail: PROFILE_DETAILS[way],
      iconPath: new ThemeIcon("settings"),
      way,
      ...mark(choice?.kind === "profile" && choice.profile === way),
    })),
  ];
}

/** Favourites first. */
async function modelRows({ engine, context }: ExtensionServices): Promise<ModelRow[]> {
  const { models } = await (await engine.get()).catalog(new AbortController().signal);
  const nowMs = Date.now();
  const favourites = favouriteModels(context.globalState);
  const offered = models.filter((model) => lifeCycleRule(model, budgetDay(nowMs)) === undefined);
  const row = (model: CatalogModel): ModelRow => ({
    label: favourites.has(model.id) ? `$(star-full) ${model.name}` : model.name,
    detail: `${modelSummary(browsedModel(model, nowMs))} · ${model.id}`,
    model,
  });
  const isFavourite = ({ id }: CatalogModel) => favourites.has(id);
  return [...offered.filter(isFavourite), ...offered.filter((model) => !isFavourite(model))].map(row);
}
