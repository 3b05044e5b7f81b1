import type { ReasoningRow } from "../catalog/modelRow.ts";
import type { ChatRequest } from "./chatRequest.ts";

/** Whether the request turns reasoning off. */
export function refusesReasoning(request: ChatRequest): boolean {
  return request.reasoning?.enabled === false || effortOf(request) === "none";
}

/** Whether a model reasons for this request: when it must, is asked to, or does so by default. */
export function reasons(row: ReasoningRow | undefined, request: ChatRequest): boolean {
  if (row === undefined) return false;
  if (row.mandatory) return true;
  if (refusesReasoning(request)) return false;
  return row.default_enabled === true || request.reasoning !== undefined || effortOf(request) !== undefined;
}

/** The effort asked for; it sets how long the reasoning is. */
export function effortOf(request: ChatRequest): string | undefined {
  return request.reasoning?.effort ?? request.reasoning_effort ?? undefined;
}
