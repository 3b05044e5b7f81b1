import { env, window } from "vscode";
import { type BrowsedModel, browsedModel, withZeroRetention } from "../../../core/catalog/browsedModel.ts";
import { MOST_COMPARED, comparisonMarkdown } from "../../../core/catalog/compareModels.ts";
import type { EndpointList } from "../../../core/catalog/modelEndpoint.ts";
import { ZERO_RETENTION } from "../../../core/catalog/modelFilters.ts";
import { isAborted, toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { lifeCycleRule } from "../../../core/routing/eligibleModels.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { showProblem } from "../../platform/problemActions.ts";
import { choosePin } from "./choosePin.ts";
import type { ComparisonDocument } from "./comparisonDocument.ts";
import { favouriteModels, toggleFavourite } from "./favouriteModels.ts";
import type { RowAction, RowMarks } from "./modelItems.ts";
import { ModelList } from "./modelList.ts";
import { pinnedTasks } from "./pinnedTasks.ts";
import { showModelDetails } from "./showModelDetails.ts";

const COPIED_FOR_MS = 4_000;

/** Shows the models of the gateway until the person closes the list. Nothing is sent but the question for the model list. */
export async function browseModels(services: ExtensionServices, comparison: ComparisonDocument): Promise<void> {
  const browser = new ModelBrowser(services, comparison);
  try {
    await browser.load();
  } catch (error) {
    browser.close();
    if (isAborted(error)) return;
    services.log.error("model list", error);
    const gatewayHost = services.settings().gatewayUrl?.host ?? "The gateway";
    const context = { gatewayHost, modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => browseModels(services, comparison));
    return;
  }
  await browser.closed;
}

class ModelBrowser {
  readonly #services: ExtensionServices;
  readonly #comparison: ComparisonDocument;
  readonly #list: ModelList;
  readonly #abort = new AbortController();
  readonly #end = Promise.withResolvers<void>();
  #models: readonly BrowsedModel[] = [];
  #gatewayHost = "";
  /** Under way; the filter asks at every key. */
  #askingRetention: Promise<void> | undefined;

  constructor(services: ExtensionServices, comparison: ComparisonDocument) {
    this.#services = services;
    this.#comparison = comparison;
    const attempt = (work: Promise<void>) =>
      work.catch((error: unknown) => {
        this.#end.reject(error);
        this.#list.close();
      });
    this.#list = new ModelList(() => this.#marks(), {
      onOpen: (entry) => attempt(this.#showDetails(entry)),
      onRowAction: (action, entry) => attempt(this.#actOnRow(action, entry)),
      onCompare: () => attempt(this.#compare()),
      onAskRetention: () => void (this.#askingRetention ??= this.#askRetention()),
      onClose: () => {
        this.#abort.abort();
        this.#end.resolve();
      },
    });
  }

  /** Settles when the list is closed; rejects with what went wrong in it. */
  get closed(): Promise<void> {
    return this.#end.promise;
  }

  async load(): Promise<void> {
    const engine = await this.#services.engine.get();
    const { models } = await engine.catalog(this.#abort.signal);
    const nowMs = Date.now();
    this.#gatewayHost = engine.gateway().host;
    this.#models = models
      .filter((model) => lifeCycleRule(model, budgetDay(nowMs)) === undefined)
      .map((model) => browsedModel(model, nowMs));
    this.#list.setModels(this.#models);
  }

  close(): void {
    this.#list.close();
  }

  #marks(): RowMarks {
    const { context, settings } = this.#services;
    return {
      favourites: favouriteModels(context.globalState),
      compared: this.#comparison.modelIds,
      pinnedTasks: pinnedTasks(settings().policies),
    };
  }

  async #actOnRow(action: RowAction, entry: BrowsedModel): Promise<void> {
    if (action === "pin") {
      this.#list.stepAside();
      return this.#pin(entry);
    }
    await this.#toggle(action, entry);
    this.#list.refreshInPlace();
  }

  async #toggle(action: "favourite" | "compare", { model }: BrowsedModel): Promise<void> {
    const { modelIds } = this.#comparison;
    if (action === "favourite") await toggleFavourite(this.#services.context.globalState, model.id);
    else if (!modelIds.delete(model.id) && modelIds.size < MOST_COMPARED) modelIds.add(model.id);
  }

  async #showDetails(entry: BrowsedModel): Promise<void> {
    this.#list.stepAside();
    const action = await showModelDetails(entry, this.#marks(), this.#endpointsOf(entry));
    switch (action) {
      case undefined:
        return this.#list.close();
      case "back":
        return this.#list.comeBack(entry);
      case "pin":
        return this.#pin(entry);
      case "copy":
        await env.clipboard.writeText(entry.model.id);
        window.setStatusBarMessage("$(check) Waybill: copied", COPIED_FOR_MS);
        return this.#list.close();
      case "favourite":
      case "compare":
        await this.#toggle(action, entry);
        this.#list.comeBack(entry);
    }
  }

  async #endpointsOf({ model }: BrowsedModel): Promise<EndpointList | undefined> {
    const engine = await this.#services.engine.get();
    return (await engine.endpoints()).endpointsOf(engine.gateway(), model.id, this.#abort.signal);
  }

  /** The filter is taken out when nobody can say who keeps no data, so that it never shows a wrong list. */
  async #askRetention(): Promise<void> {
    try {
      const engine = await this.#services.engine.get();
      const list = await (await engine.endpoints()).zeroRetention(engine.gateway(), this.#abort.signal);
      this.#models = this.#models.map((entry) => withZeroRetention(entry, list));
      this.#list.setModels(this.#models);
    } catch (error) {
      if (isAborted(error)) return;
      this.#services.log.error("zero retention", error);
      this.#list.takeOutFilter(ZERO_RETENTION);
      const context = { gatewayHost: this.#gatewayHost, modelName: undefined, wasSent: false, hasText: false };
      const again = () => browseModels(this.#services, this.#comparison);
      void showProblem(describeError(toWaybillError(error), context), again);
    } finally {
      this.#askingRetention = undefined;
    }
  }

  async #pin(entry: BrowsedModel): Promise<void> {
    const ended = await choosePin(entry, this.#services.settings().policies);
    if (ended === "back") this.#list.comeBack(entry);
    else this.#list.close();
  }

  async #compare(): Promise<void> {
    const chosen = [...this.#comparison.modelIds].flatMap(
      (id) => this.#models.find(({ model }) => model.id === id) ?? [],
    );
    this.#list.stepAside();
    await this.#comparison.show(comparisonMarkdown(chosen, this.#gatewayHost));
    this.#list.close();
  }
}
