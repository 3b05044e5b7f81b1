import type { SentRequest } from "../../src/core/outbox/sentRequest.ts";

/** A request of the list, as a chat sends it. */
export function sentRow(fields: Partial<SentRequest> = {}): SentRequest {
  return {
    atMs: Date.UTC(2026, 10, 20, 12),
    turnId: "turn",
    attempt: 1,
    surface: "chat",
    taskType: "explain",
    workspace: "file:///one",
    gatewayOrigin: "https://openrouter.ai",
    keyName: "default",
    models: ["a/b"],
    privacy: "none",
    rules: {},
    items: [{ what: "question", label: "", bytes: 12 }],
    bytes: 400,
    ...fields,
  };
}
