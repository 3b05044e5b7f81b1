import { window } from "vscode";
import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";
import { correctShown } from "../../../core/waybill/correctShown.ts";
import type { KeyNews } from "../../../turn/keyWatch.ts";
import { openAddress } from "../../platform/openAddress.ts";
import type { SpendMonitor } from "../../platform/spendMonitor.ts";

const SET_LIMIT = "Set a Limit";

/** Tells of a key without a limit, or shows costs that were looked up. */
export async function showKeyNews(news: Exclude<KeyNews, { kind: "standing" }>, spend: SpendMonitor): Promise<void> {
  if (news.kind === "settled") return spend.noteSettled((shown, paid) => correctShown(shown, news.rows, paid));
  const { keyName, host, page } = news;
  const key = keyName === DEFAULT_KEY_NAME ? "Your key" : `Your key ${keyName}`;
  const choice = await window.showInformationMessage(
    `${key} has no spending limit at ${host}. Waybill's budgets hold on this machine only; a limit there holds wherever the key is used, also if it is stolen.`,
    SET_LIMIT,
  );
  if (choice === SET_LIMIT) await openAddress(page);
}
