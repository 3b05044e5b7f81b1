import { type QuickPickItem, window } from "vscode";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { browsedModel } from "../../../core/catalog/browsedModel.ts";
import type { CatalogModel } from "../../../core/catalog/catalogModel.ts";
import { modelSummary } from "../../../core/catalog/presentModel.ts";
import { isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { ChatChoice } from "../../../core/routing/chatChoice.ts";
import { lifeCycleRule } from "../../../core/routing/eligibleModels.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { favouriteModels } from "../modelBrowser/favouriteModels.ts";

interface ModelRow extends QuickPickItem {
  readonly model?: CatalogModel;
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
