import { randomUUID } from "node:crypto";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { AcceptedLines } from "../../src/core/routing/acceptedLines.ts";
import type { TaskType } from "../../src/core/tasks/taskType.ts";
import type { CostSource } from "../../src/core/waybill/costSource.ts";
import type { Surface, TurnFinish } from "../../src/core/waybill/waybill.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { reservation, waybillOf } from "./storeFolder.ts";

/** A request in the plainest terms. */
export interface PlainRequest {
  readonly atMs: number;
  readonly model: string;
  readonly provider: string | undefined;
  readonly task: TaskType;
  readonly surface: Surface;
  readonly workspace: string;
  readonly key: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly costNano: number;
  readonly costSource: CostSource;
  readonly finish: TurnFinish;
  readonly isAccepted: boolean;
  /** How much of it was accepted, where it was only in part; `null` where nobody counted. */
  readonly partly?: AcceptedLines | null | undefined;
}

/** Sends requests through the ledger as turns do, each on its own day. */
export async function settleAll(ledger: Ledger, requests: readonly PlainRequest[]): Promise<void> {
  for (const request of requests) await settle(ledger, request);
}

async function settle(ledger: Ledger, request: PlainRequest): Promise<void> {
  const [reservationId, turnId] = [randomUUID(), randomUUID()];
  const { atMs, model, task: taskType, surface, workspace } = request;
  await ledger.reserve(
    reservation(toNanoUsd(request.costNano), {
      reservationId,
      turnId,
      workspace,
      surface,
      taskType,
      askedModel: model,
      keyLabel: request.key,
      chat: randomUUID(),
      limits: [],
      nowMs: atMs,
    }),
  );
  const { promptTokens, completionTokens, cachedTokens, costSource, finish, provider } = request;
  await ledger.settle(
    reservationId,
    waybillOf(toNanoUsd(request.costNano), {
      turnId,
      generationId: `gen-${reservationId}`,
      surface,
      taskType,
      askedModel: model,
      servedModel: model,
      provider,
      startedAtMs: atMs,
      usage: { promptTokens, completionTokens, cachedTokens, reasoningTokens: 0 },
      costSource,
      finish,
    }),
  );
  if (request.isAccepted) await ledger.outcomes.note(turnId, "accepted", atMs);
  else if (request.partly !== undefined)
    await ledger.outcomes.note(turnId, { kind: "partly-accepted", lines: request.partly ?? undefined }, atMs);
}
