import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import type { SettledRow } from "../../../src/core/waybill/reconciliation.ts";

/** What a reconciliation finds of a row that was estimated. */
export function settledRow(generationId: string, cost: number): SettledRow {
  const row = {
    ...{ reservationId: "r", turnId: "turn-b", keyName: "default", startedAtMs: 0, day: "2026-11-20", model: "b" },
    ...{ generationId, cost: toNanoUsd(7), costSource: "estimated" as const },
  };
  const usage = { promptTokens: 1, completionTokens: 1, cachedTokens: 0, reasoningTokens: 0 };
  return { row, cost: toNanoUsd(cost), usage, model: undefined, provider: undefined };
}
