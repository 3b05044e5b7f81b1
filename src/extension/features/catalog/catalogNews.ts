import { window } from "vscode";
import type { CatalogEvent } from "../../../turn/catalogSource.ts";
import type { Log } from "../../platform/log.ts";

const SHOW_LOG = "Show Log";

/** Writes to the log what became of the model list, and shows a notice where a model in use costs more or breaks. */
export function reportCatalog(log: Log): (event: CatalogEvent) => void {
  return (event) => {
    if (event.type === "catalog-not-refreshed") {
      log.error("catalog-not-refreshed", event.error);
      return;
    }
    log.info("catalog-refreshed", { count: event.models });
    if (event.skippedRows > 0) log.warn("catalog-rows-skipped", { count: event.skippedRows });
    for (const { modelId, kind } of event.changes) log.info("catalog-changed", { model: modelId, code: kind });
    if (event.notice !== undefined) void showNotice(event.notice, log);
  };
}

async function showNotice(notice: string, log: Log): Promise<void> {
  if ((await window.showInformationMessage(notice, SHOW_LOG)) === SHOW_LOG) log.show();
}
