import type { PrivacyDemand } from "./privacyDemand.ts";
import { privacyName } from "./privacyProfile.ts";

/** Why nothing may go to a gateway at all: it is not on this machine, or it takes no rules for providers. */
export type PrivacyObstacle = "not-local" | "no-rules";

export interface GatewayTrust {
  /** On this machine. */
  readonly isLocal: boolean;
  /** Whether it can be told which providers may serve, and on which terms. */
  readonly takesRules: boolean;
}

/** What is demanded of a gateway that cannot carry it. Nothing leaves this machine for a gateway on it, whatever that does then. */
export function privacyObstacle(
  demand: PrivacyDemand | undefined,
  { isLocal, takesRules }: GatewayTrust,
): PrivacyObstacle | undefined {
  if (demand === undefined || isLocal) return undefined;
  if (demand.profile === "local-only") return "not-local";
  return takesRules ? undefined : "no-rules";
}

/** A sentence without its end. */
export function describePrivacyObstacle(obstacle: PrivacyObstacle, demand: PrivacyDemand, gatewayHost: string): string {
  switch (obstacle) {
    case "not-local":
      return `The privacy of this workspace is ${privacyName(demand.profile)}, and ${gatewayHost} is not on this machine`;
    case "no-rules":
      return `The privacy of this workspace is ${describeDemand(demand)}, and ${gatewayHost} takes no such rules for its providers`;
  }
}

/** For instance `zero retention` or `no training, with anthropic alone`. */
export function describeDemand({ profile, zdr, dataCollection, onlyProviders }: PrivacyDemand): string {
  const implied = zdr === true ? "zero retention" : dataCollection === "deny" ? "no training" : undefined;
  const terms = profile === "none" ? implied : privacyName(profile);
  const providers = onlyProviders === undefined ? undefined : describeProviders(onlyProviders);
  return [terms, providers].filter((part) => part !== undefined).join(", with ");
}

function describeProviders(only: readonly string[]): string {
  return only.length === 0 ? "no provider at all" : `${only.join(" and ")} alone`;
}
