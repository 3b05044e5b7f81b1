import type { UnconfirmedCost } from "../../core/budget/askRule.ts";
import type { ExceededLimit } from "../../core/budget/raiseLimit.ts";
import type { Problem } from "../../core/problems/problem.ts";
import { formatUsd } from "../../core/money/formatUsd.ts";
import type { ModelChoice } from "../../core/routing/routeDecision.ts";
import type { Waybill } from "../../core/waybill/waybill.ts";
import { describeNextTry } from "../../turn/describeNextTry.ts";
import type { TurnEvent } from "../../turn/turnEvent.ts";

/** What a turn came to, for a surface that shows one answer at a time. */
export interface TurnAnswer {
  /** What answers that did not do cost before, for the sentence about a failure. */
  readonly earlier: readonly Waybill[];
  readonly text: string;
  readonly waybill: Waybill | undefined;
  readonly problem: Problem | undefined;
  /** The budget that stopped it, or the wish to be asked. */
  readonly exceeded?: ExceededLimit | UnconfirmedCost | undefined;
}

/** Who is told while the answer arrives. */
export interface TurnReader {
  /** What the model does, after its name: `is fixing the code`. */
  readonly doing: string;
  readonly report: (message: string) => void;
  /** The whole text so far; empty again where a stronger model begins afresh. */
  readonly show: (text: string) => void;
  /** Everything that happens, before anything is done about it. */
  readonly note?: (event: TurnEvent) => void;
  /** A turn ended or its cost was corrected. */
  readonly noteWaybill: (waybill: Waybill) => void;
}

/** Reads a turn to its end. What is looked up afterwards is read beside, so that nobody waits for it. */
export async function readTurn(events: AsyncGenerator<TurnEvent>, reader: TurnReader): Promise<TurnAnswer> {
  const { doing, report, show, noteWaybill } = reader;
  let text = "";
  let because = "";
  const earlier: Waybill[] = [];
  for (;;) {
    const { done, value: event } = await events.next();
    if (done === true) return { text, earlier, waybill: undefined, problem: undefined };
    reader.note?.(event);
    if (event.type === "attempt-start") report(`${because}${describeStart(event.choice, doing)}`);
    if (event.type === "retry-wait" || event.type === "fallback") report(describeNextTry(event));
    if (event.type === "climb") {
      noteWaybill(event.waybill);
      earlier.push(event.waybill);
      because = `${event.because}; `;
      text = "";
      show(text);
    }
    if (event.type === "text-delta") {
      text += event.text;
      show(text);
    }
    const end = readEnd(event);
    if (end === undefined) continue;
    if (end.waybill !== undefined) noteWaybill(end.waybill);
    void readCorrections(events, noteWaybill);
    return { text, earlier, ...end };
  }
}

/** Who does it, and what it may cost at worst. */
function describeStart({ model, worstCase }: ModelChoice, doing: string): string {
  return `${model.name} ${doing}, for ${formatUsd(worstCase)} at most…`;
}

/** After a stop the cost is still looked up. */
async function readCorrections(
  events: AsyncGenerator<TurnEvent>,
  noteWaybill: TurnReader["noteWaybill"],
): Promise<void> {
  for await (const event of events) {
    if (event.type === "waybill-corrected") noteWaybill(event.waybill);
  }
}

function readEnd(event: TurnEvent): Omit<TurnAnswer, "text" | "earlier"> | undefined {
  switch (event.type) {
    case "turn-end":
    case "turn-failed":
      return { waybill: event.waybill, problem: event.problem };
    case "turn-refused":
      return { waybill: undefined, problem: event.problem, exceeded: event.exceeded };
    case "route-chosen":
    case "reserved":
    case "attempt-start":
    case "retry-wait":
    case "fallback":
    case "climb":
    case "text-delta":
    case "reasoning-delta":
    case "sources-found":
    case "waybill-corrected":
      return undefined;
  }
}
