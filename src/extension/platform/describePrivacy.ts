import { describeDemand } from "../../core/privacy/privacyObstacle.ts";
import type { Settings } from "./readSettings.ts";

/** What is asked of whoever gets text of the open folders, for instance `zero retention`, with what a workspace's policy adds. */
export function describePrivacy({ policies, privacyProblem }: Pick<Settings, "policies" | "privacyProblem">): string {
  if (privacyProblem !== undefined) return "unclear, so nothing is sent";
  const { privacy } = policies.base;
  return privacy === undefined ? "none" : describeDemand(privacy);
}
