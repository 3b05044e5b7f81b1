import type { TurnEvent } from "./turnEvent.ts";

/** What to show while a turn goes on after an attempt that failed or did not do. */
export function describeNextTry(event: Extract<TurnEvent, { type: "retry-wait" | "fallback" | "climb" }>): string {
  const { name } = event.choice.model;
  if (event.type !== "retry-wait") return `${event.because}; asking ${name}…`;
  const seconds = Math.ceil(event.waitMs / 1000);
  return `${event.because}; asking again ${seconds <= 1 ? "in a moment" : `in ${seconds} s`}…`;
}
