import { describeLimit } from "../../../core/budget/describeLimit.ts";
import type { KeyId } from "../../../core/keys/keyName.ts";
import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { formatMoment } from "../../platform/formatMoment.ts";

/** What the gateway said last of a key's limit, in a sentence; nothing where nobody asked it yet. Asks nobody. */
export async function toldOfKey({ engine, log }: ExtensionServices, { origin, name }: KeyId): Promise<string> {
  try {
    const loaded = await engine.get();
    if (!(await loaded.hasLedger())) return "";
    const standings = await (await loaded.ledger()).keyStandings();
    const standing = await standings.latest({ gatewayOrigin: origin, keyLabel: name });
    if (standing === undefined) return "";
    const { limit, remaining, limitPeriod: period, takenAtMs } = standing;
    const asOf = `at ${formatMoment(takenAtMs, Date.now())}`;
    if (limit === undefined) return ` No limit at the gateway ${asOf}.`;
    const left = remaining === undefined ? "" : `${formatUsd(remaining)} left of `;
    return ` ${left}${describeLimit({ measure: "money", limit, period })} at the gateway ${asOf}.`;
  } catch (error) {
    log.error("key-standing-not-readable", error);
    return "";
  }
}
