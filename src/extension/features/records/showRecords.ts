import { toWaybillError } from "../../../core/errors/waybillError.ts";
import { describeError } from "../../../core/problems/describeError.ts";
import { modelRecords, providerRecords } from "../../../core/routing/modelRecord.ts";
import { recordsPage } from "../../../core/routing/recordsPage.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { MarkdownPage } from "../../platform/markdownPage.ts";
import { showProblem } from "../../platform/problemActions.ts";

/** Everything the ledger knows, since its beginning. */
export async function showRecords(services: ExtensionServices, page: MarkdownPage): Promise<void> {
  const engine = await services.engine.get();
  try {
    const { outcomes } = await engine.ledger();
    const sums = await outcomes.sums(0);
    await page.show(recordsPage(modelRecords(sums), providerRecords(sums)));
  } catch (error) {
    const context = { gatewayHost: engine.gateway().host, modelName: undefined, wasSent: false, hasText: false };
    await showProblem(describeError(toWaybillError(error), context), () => showRecords(services, page));
  }
}
