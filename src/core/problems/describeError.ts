import type { WaybillError } from "../errors/waybillError.ts";
import { type Problem, problem } from "./problem.ts";

/** Where the turn stood when it failed; it decides what is said about money and text. */
export interface FailureContext {
  /** For instance `openrouter.ai` or `127.0.0.1:8080`. */
  readonly gatewayHost: string;
  readonly modelName: string | undefined;
  /** A chat request had left, so it may have cost something unless the error says otherwise. */
  readonly wasSent: boolean;
  /** Text that had already arrived is kept. */
  readonly hasText: boolean;
}

/** The sentence and the one action for an error that a person sees. */
export function describeError(error: WaybillError, context: FailureContext): Problem {
  const { gatewayHost } = context;
  const model = context.modelName ?? "the model";
  const isUncharged = error.isUncharged || !context.wasSent;
  const money = isUncharged ? "Nothing was charged, and your text is kept." : uncertain(context);
  switch (error.code) {
    case "aborted":
      return problem(`Stopped. ${money}`, "try-again");
    case "key-missing":
      return problem(`There is no key for ${gatewayHost} yet. Nothing was sent, and your text is kept.`, "enter-key");
    case "key-unreadable":
      return problem(
        "Your key was stored but can no longer be read on this machine. Nothing was sent, and your text is kept.",
        "enter-key",
      );
    case "settings-invalid":
      return problem(
        `A setting makes no sense${reason(error)}. Nothing was sent, and your text is kept.`,
        "open-settings",
      );
    case "auth":
      return problem(`${gatewayHost} does not accept this key. ${money}`, "enter-key");
    case "credits":
      return problem(
        `The account at ${gatewayHost} has too little credit for this request. ${money}`,
        "test-connection",
      );
    case "key-limit":
      return problem(`The spending limit of this key at ${gatewayHost} is reached. ${money}`, "test-connection");
    case "forbidden":
      return problem(`${gatewayHost} refused this request${reason(error)}. ${money}`, "try-again");
    case "model-not-found":
      return problem(`${gatewayHost} does not know the model ${model}. ${money}`, "open-settings");
    case "no-endpoint":
      return problem(`No provider can serve ${model} for this request${reason(error)}. ${money}`, "try-again");
    case "context-too-long":
      return problem(`The conversation is too long for ${model}. ${money}`, "new-chat");
    case "rate-limited":
      return problem(`${model} is busy or your request limit is reached${reason(error)}. ${money}`, "try-again");
    case "provider-down":
      return problem(`The provider of ${model} failed${reason(error)}. ${money}`, "try-again");
    case "network":
      return isUncharged
        ? problem(`${gatewayHost} cannot be reached${reason(error)}. ${money}`, "test-connection")
        : problem(`The connection to ${gatewayHost} failed${reason(error)}. ${money}`, "try-again");
    case "timeout":
      return problem(`${gatewayHost} did not answer in time. ${money}`, "try-again");
    case "protocol":
      return problem(
        `${gatewayHost} sent something that is not an answer${reason(error)}. ${money}`,
        "test-connection",
      );
    case "incomplete":
      return problem(`The answer broke off before its end. ${money}`, "try-again");
    case "bad-request":
      return problem(`${gatewayHost} could not read the request${reason(error)}. ${money}`, "show-log");
    case "ledger-damaged":
      return problem(
        "The spending ledger on this machine is damaged, so paid requests are stopped. Nothing was sent, and your text is kept.",
        "start-new-ledger",
      );
    case "ledger-unusable":
      return problem(
        `The spending ledger cannot be written${reason(error)}, so paid requests are stopped. Nothing was sent, and your text is kept.`,
        "try-again",
      );
    case "ledger-busy":
      return problem(
        "Another window kept the spending ledger locked for too long. Nothing was sent, and your text is kept.",
        "try-again",
      );
    case "internal":
      return problem(`Waybill met an error of its own. ${money}`, "show-log");
  }
}

function reason({ detail }: WaybillError): string {
  return detail === undefined ? "" : ` (${detail})`;
}

/** After the request left, nobody knows what was charged until it is looked up. */
function uncertain({ hasText }: FailureContext): string {
  return hasText
    ? "The text so far is kept; its cost is in the waybill, estimated until it is known."
    : "What it cost is not known yet and stays reserved in your budget; your text is kept.";
}
