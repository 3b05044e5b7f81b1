import type { CountedOutcome } from "../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../core/routing/outcomeKind.ts";
import type { Engine } from "./engine.ts";
import type { ExtensionServices } from "./extensionServices.ts";

type Services = Pick<ExtensionServices, "engine" | "log">;

/** Takes down a verdict for routing. */
export function noteOutcome(services: Services, turnId: string, outcome: OutcomeKind | CountedOutcome): void {
  note(services, (engine) => engine.noteOutcome(turnId, outcome));
}

/** Takes down that the person went on working at so many lines of what they had accepted. */
export function noteEdited(services: Services, turnId: string, lines: number): void {
  note(services, (engine) => engine.noteEdited(turnId, lines));
}

/** What cannot be kept is no reason to disturb the person. */
function note({ engine, log }: Services, write: (engine: Engine) => Promise<void>): void {
  engine
    .get()
    .then(write)
    .catch((error: unknown) => log.error("outcome-not-noted", error));
}
