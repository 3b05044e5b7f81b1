import * as z from "zod/mini";
import { WaybillError } from "../core/errors/waybillError.ts";
import type { PrivacyDemand } from "../core/privacy/privacyDemand.ts";
import { describePrivacyObstacle, privacyObstacle } from "../core/privacy/privacyObstacle.ts";

/** What every request must ask for, and where it would go. */
export interface PrivacyGuard {
  readonly demand: PrivacyDemand | undefined;
  readonly isLocal: boolean;
  /** For sentences. */
  readonly host: string;
}

const sentRules = z.looseObject({
  data_collection: z.optional(z.unknown()),
  zdr: z.optional(z.unknown()),
  only: z.optional(z.array(z.string())),
});

/**
 * The last look at a request before it leaves, at what is in its body: throws `privacy-unmet` where it lacks what is demanded.
 * Routing sees to it that this never happens; here it shows if one way to a model was forgotten.
 */
export function requirePrivacy(provider: unknown, { demand, isLocal, host }: PrivacyGuard): void {
  if (demand === undefined) return;
  const obstacle = privacyObstacle(demand, { isLocal, takesRules: provider !== undefined });
  if (obstacle !== undefined) throw heldBack(describePrivacyObstacle(obstacle, demand, host));
  if (provider !== undefined) requireRules(provider, demand);
}

function requireRules(provider: unknown, { dataCollection, zdr, onlyProviders }: PrivacyDemand): void {
  const rules = sentRules.safeParse(provider);
  const sent = rules.success ? rules.data : {};
  if (dataCollection === "deny" && sent.data_collection !== "deny") throw heldBack("it does not ask for no training");
  if (zdr === true && sent.zdr !== true) throw heldBack("it does not ask for zero retention");
  if (onlyProviders === undefined) return;
  const only = sent.only ?? [];
  if (only.length === 0 || !only.every((slug) => onlyProviders.includes(slug))) {
    throw heldBack("it is not limited to the providers that your privacy rules allow");
  }
}

function heldBack(detail: string): WaybillError {
  return new WaybillError("privacy-unmet", "The request lacks what privacy demands", { isUncharged: true, detail });
}
