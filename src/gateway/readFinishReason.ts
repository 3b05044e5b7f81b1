import type { FinishReason } from "./chatEvent.ts";

/**
 * Some models stop with `stop`, or with a word of their own, although they call tools, so the calls decide.
 * Source: ai-sdk-provider changelog 1.5.2, 2.4.0.
 */
export function readFinishReason(reason: string, hasToolCalls: boolean): FinishReason {
  const finish = toFinishReason(reason);
  return hasToolCalls && (finish === "stop" || finish === "other") ? "tool-calls" : finish;
}

function toFinishReason(reason: string): FinishReason {
  switch (reason) {
    case "stop":
    case "length":
      return reason;
    case "tool_calls":
    case "function_call":
      return "tool-calls";
    case "content_filter":
      return "content-filter";
    default:
      return "other";
  }
}
