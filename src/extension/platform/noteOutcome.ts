import type { CountedOutcome } from "../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../core/routing/outcomeKind.ts";
import type { ExtensionServices } from "./extensionServices.ts";

/** Takes down a verdict for routing; one that cannot be kept is no reason to disturb the person. */
export function noteOutcome(
  { engine, log }: Pick<ExtensionServices, "engine" | "log">,
  turnId: string,
  outcome: OutcomeKind | CountedOutcome,
): void {
  engine
    .get()
    .then((loaded) => loaded.noteOutcome(turnId, outcome))
    .catch((error: unknown) => log.error("outcome-not-noted", error));
}

/** Takes down that the person went on working at so many lines of what they had accepted. */
export function noteEdited(
  { engine, log }: Pick<ExtensionServices, "engine" | "log">,
  turnId: string,
  lines: number,
): void {
  engine
    .get()
    .then((loaded) => loaded.noteEdited(turnId, lines))
    .catch((error: unknown) => log.error("outcome-not-noted", error));
}
