import type { CatalogModel } from "../../../core/catalog/catalogModel.ts";
import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import type { Problem } from "../../../core/problems/problem.ts";
import { budgetDay } from "../../../core/budget/budgetPeriod.ts";
import { lifeCycleRule } from "../../../core/routing/eligibleModels.ts";
import { TASK_TYPES, type TaskType } from "../../../core/tasks/taskType.ts";
import type { RoutingRow, RowScope } from "../../../protocol/routingMessages.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { rowRoute } from "./routeTable.ts";
import { typicalRequest } from "./typicalRequest.ts";

type RowPart = Pick<RoutingRow, "route" | "sentence">;

/** Which model would be asked now for a typical request of each task. Nothing is sent but the question for the model list. */
export class RowRoutes {
  readonly #services: Pick<ExtensionServices, "engine" | "settings">;
  #parts: ReadonlyMap<RowScope, RowPart> = new Map();
  #models: readonly CatalogModel[] = [];
  #problem: Problem | undefined;
  /** Grows with every refresh, so that a slow one does not replace what a later one found. */
  #round = 0;

  constructor(services: Pick<ExtensionServices, "engine" | "settings">) {
    this.#services = services;
  }

  /** The models that may be asked at all, as the list has them. */
  get models(): readonly CatalogModel[] {
    return this.#models;
  }

  /** Why there is no model list. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  of(scope: RowScope): RowPart {
    return this.#parts.get(scope) ?? {};
  }

  /** Never rejects. */
  async refresh(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    try {
      const engine = await this.#services.engine.get();
      const { host } = engine.gateway();
      const { signal } = new AbortController();
      const { models } = await engine.catalog(signal);
      const today = budgetDay(Date.now());
      const parts = await Promise.all(
        TASK_TYPES.map(async (taskType): Promise<[TaskType, RowPart]> => {
          const { decision } = await engine.routeOnly(typicalRequest(taskType, workspaceKey()), signal);
          return [taskType, rowRoute(decision, host)];
        }),
      );
      if (round !== this.#round) return;
      this.#models = models.filter((model) => lifeCycleRule(model, today) === undefined);
      this.#parts = new Map(parts);
      this.#problem = undefined;
    } catch (error) {
      if (round !== this.#round) return;
      const gatewayHost = this.#services.settings().gatewayUrl?.host ?? "The gateway";
      const context = { gatewayHost, modelName: undefined, wasSent: false, hasText: false };
      this.#problem = describeError(toWaybillError(error), context);
      this.#parts = new Map();
    }
  }
}
