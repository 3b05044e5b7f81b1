import type { WaybillError } from "../errors/waybillError.ts";
import { describeDemand } from "../privacy/privacyObstacle.ts";
import { type FailureContext, isByPrivacy } from "./failureContext.ts";

/** The first sentence about an error. It holds codes, names and numbers of ours only, never a text of the gateway. */
export function describeWhatHappened(error: WaybillError, context: FailureContext): string {
  const { gatewayHost } = context;
  const model = context.modelName ?? "the model";
  switch (error.code) {
    case "aborted":
      return "Stopped.";
    case "internal":
      return "Waybill met an error of its own.";
    case "key-missing":
    case "key-unreadable":
    case "settings-invalid":
    case "gateway-not-allowed":
    case "ledger-damaged":
    case "ledger-unusable":
    case "ledger-busy":
      return describeOwnObstacle(error, error.code, gatewayHost);
    case "outbox-unusable":
      return `The list of what was sent cannot be used${reason(error)}, so nothing leaves this machine.`;
    case "privacy-unmet":
      return `This request was held back${reason(error)}.`;
    case "auth":
      return `${gatewayHost} does not accept this key.`;
    case "credits":
    case "key-limit":
      return describeLackOfMoney(error, error.code, gatewayHost);
    case "in-flight-budget":
      return `Requests that are still running hold the credit at ${gatewayHost}, so this one was not let in.`;
    case "forbidden-policy":
      return `${gatewayHost} does not allow this request${reason(error)}.`;
    case "moderation":
      return `The moderation of ${model} refused the text, so sending it again will not help.`;
    case "attestation":
      return `${model} needs a confirmation${reason(error)} in your preferences at ${gatewayHost} first.`;
    case "model-not-found":
      return `${gatewayHost} does not know the model ${model}, or no longer serves it${reason(error)}.`;
    case "no-endpoint":
      return error.emptiedBy === undefined
        ? `No provider can serve ${model} for this request${reason(error)}.`
        : `No provider can serve ${model} for this request: all were ruled out by ${error.emptiedBy}${demanded(error, context)}.`;
    case "context-too-long":
      return `The conversation is too long for ${model}.`;
    case "bad-request":
      return `${gatewayHost} could not read the request${reason(error)}.`;
    case "rate-limited":
      return `${model} is busy or your request limit is reached${reason(error)}.`;
    case "free-daily-limit":
      return `Your free requests of today at ${gatewayHost} are used up.`;
    case "provider-down":
      return `The provider of ${model} failed${reason(error)}.`;
    case "overloaded":
      return `${model} has too much to do just now${reason(error)}.`;
    case "network":
      return error.isUncharged || !context.wasSent
        ? `${gatewayHost} cannot be reached${reason(error)}.`
        : `The connection to ${gatewayHost} failed${reason(error)}.`;
    case "proxy":
      return `The proxy on the way to ${gatewayHost} does not let the request through${reason(error)}.`;
    case "certificate":
      return `The connection to ${gatewayHost} is not safe${reason(error)}.`;
    case "timeout":
      return `${gatewayHost} did not answer in time${reason(error)}.`;
    case "protocol":
      return `${gatewayHost} sent something that is not an answer${reason(error)}.`;
    case "incomplete":
      return "The answer broke off before its end.";
    case "past-hold":
      return `${model} wrote more than was asked for, and was stopped: it would have cost more than was reserved for it.`;
  }
}

type OwnObstacle =
  | "key-missing"
  | "key-unreadable"
  | "settings-invalid"
  | "gateway-not-allowed"
  | "ledger-damaged"
  | "ledger-unusable"
  | "ledger-busy";

function describeOwnObstacle(error: WaybillError, code: OwnObstacle, gatewayHost: string): string {
  switch (code) {
    case "key-missing":
      return error.detail === undefined
        ? `There is no key for ${gatewayHost} yet.`
        : `Your settings choose the key ${error.detail} here, and there is none of that name for ${gatewayHost}; no other key is used instead.`;
    case "key-unreadable":
      return error.detail === undefined
        ? "Your key was stored but can no longer be read on this machine."
        : `Your key ${error.detail} was stored but can no longer be read on this machine; no other key is used instead.`;
    case "settings-invalid":
      return `A setting makes no sense${reason(error)}.`;
    case "gateway-not-allowed":
      return `You have not allowed the gateway of your settings${reason(error)}, which is not OpenRouter.`;
    case "ledger-damaged":
      return "The spending ledger on this machine is damaged, so paid requests are stopped.";
    case "ledger-unusable":
      return `The spending ledger cannot be written${reason(error)}, so paid requests are stopped.`;
    case "ledger-busy":
      return "Another window kept the spending ledger locked for too long.";
  }
}

function describeLackOfMoney(error: WaybillError, code: "credits" | "key-limit", gatewayHost: string): string {
  const whose =
    code === "key-limit" ? `The spending limit of this key at ${gatewayHost}` : `The account at ${gatewayHost}`;
  if (error.affordableTokens !== undefined) {
    return `${whose} allows an answer of at most ${error.affordableTokens} tokens, and this request asked for more.`;
  }
  return code === "key-limit"
    ? `${whose} is reached.`
    : `${whose} has too little credit for this request${reason(error)}.`;
}

function demanded(error: WaybillError, { privacy }: FailureContext): string {
  return privacy !== undefined && isByPrivacy(error)
    ? `, and the privacy of this workspace is ${describeDemand(privacy)}`
    : "";
}

function reason({ detail }: WaybillError): string {
  return detail === undefined ? "" : ` (${detail})`;
}
