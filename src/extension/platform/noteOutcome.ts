import type { OutcomeKind } from "../../core/routing/outcomeKind.ts";
import type { ExtensionServices } from "./extensionServices.ts";

/** Takes down a verdict for routing; one that cannot be kept is no reason to disturb the person. */
export function noteOutcome(
  { engine, log }: Pick<ExtensionServices, "engine" | "log">,
  turnId: string,
  kind: OutcomeKind,
): void {
  engine
    .get()
    .then((loaded) => loaded.noteOutcome(turnId, kind))
    .catch((error: unknown) => log.error("outcome-not-noted", error));
}
