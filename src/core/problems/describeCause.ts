import type { WaybillError } from "../errors/waybillError.ts";

/** Why an attempt failed, in words that follow the model's name, for instance `was overloaded`. */
export function describeCause({ code }: Pick<WaybillError, "code">): string {
  switch (code) {
    case "rate-limited":
    case "free-daily-limit":
      return "had too many requests";
    case "overloaded":
      return "was overloaded";
    case "timeout":
      return "did not answer in time";
    case "network":
    case "proxy":
    case "certificate":
      return "could not be reached";
    case "incomplete":
      return "broke off before its first word";
    case "protocol":
      return "sent something that is not an answer";
    case "no-endpoint":
      return "had no provider for this request";
    case "model-not-found":
      return "is not served any more";
    case "in-flight-budget":
      return "was not let in while other requests were running";
    case "credits":
    case "key-limit":
      return "could cost more than the credit left";
    default:
      return "failed";
  }
}
