import type { WaybillError, WaybillErrorCode } from "../errors/waybillError.ts";
import { formatUsd } from "../money/formatUsd.ts";
import { chooseErrorActions } from "./errorAction.ts";
import type { FailureContext } from "./failureContext.ts";
import { type Problem, problem } from "./problem.ts";
import { describeWhatHappened } from "./whatHappened.ts";

/** The sentence and the one action for an error that a person sees. */
export function describeError(error: WaybillError, context: FailureContext): Problem {
  const sentences = [
    describeWhatHappened(error, context),
    describeAttempts(context),
    describeMoneyAndText(error, context),
    describeNextTry(error, context),
  ];
  return problem(sentences.filter((sentence) => sentence !== "").join(" "), ...chooseErrorActions(error, context));
}

function describeAttempts({ attempts = 1 }: FailureContext): string {
  return attempts === 1 ? "" : `It was tried ${attempts} times.`;
}

/** After the request left, nobody knows what was charged until it is looked up. */
function describeMoneyAndText(error: WaybillError, context: FailureContext): string {
  const { wasSent, hasText, hasRejectedAnswer } = context;
  if (!wasSent) {
    return isOwnObstacle(error)
      ? "Nothing was sent, and your text is kept."
      : "Nothing was charged, and your text is kept.";
  }
  if (error.code.startsWith("ledger-")) {
    return hasText
      ? "The answer is kept, and what was reserved for it counts as spent."
      : "What was reserved counts as spent until the cost is known; your text is kept.";
  }
  if (error.isUncharged && hasRejectedAnswer === true) {
    return "Nothing was charged for this try, only for the answer before it; your text is kept.";
  }
  if (error.isUncharged) return "Nothing was charged, and your text is kept.";
  return hasText
    ? `The text so far is kept; its cost is in the waybill, estimated until it is known.${describeNextCost(context)}`
    : `What it cost is not known yet and stays reserved in your budget; your text is kept.${describeNextCost(context)}`;
}

function describeNextCost({ nextAtMost, hasText }: FailureContext): string {
  const what = hasText ? "Going on, or asking again," : "Asking again";
  return nextAtMost === undefined ? "" : ` ${what} may cost up to ${formatUsd(nextAtMost)} more.`;
}

const OWN_OBSTACLES: ReadonlySet<WaybillErrorCode> = new Set([
  "key-missing",
  "key-unreadable",
  "settings-invalid",
  "gateway-not-allowed",
] as const);

/** Before it could leave, although it had everything else. */
export function isHeldBack(code: WaybillErrorCode): boolean {
  return code === "privacy-unmet" || code === "outbox-unusable";
}

function isOwnObstacle({ code }: WaybillError): boolean {
  return OWN_OBSTACLES.has(code) || isHeldBack(code) || code.startsWith("ledger-");
}

function describeNextTry({ code, retryAtMs }: WaybillError, { formatTime }: FailureContext): string {
  const time = retryAtMs === undefined ? undefined : formatTime?.(retryAtMs);
  if (code === "free-daily-limit")
    return `Free models answer again ${time === undefined ? "after 00:00 UTC" : `at ${time}`}.`;
  return time === undefined ? "" : `It can be sent again at ${time}.`;
}
