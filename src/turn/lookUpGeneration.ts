import { toWaybillError } from "../core/errors/waybillError.ts";
import type { GenerationRecord } from "../gateway/readGeneration.ts";
import type { TurnServices } from "./turnRequest.ts";

/** `/generation` lags behind the answer (OpenRouter reference), so it is asked again with growing pauses. */
const PAUSES_MS: readonly number[] = [250, 750, 1_500, 3_000, 6_000];
const TIMEOUT_MS = 10_000;

/** What a generation cost, or `undefined` when the gateway does not tell in time. Never rejects. */
export async function lookUpGeneration(
  { gateway, wait }: TurnServices,
  generationId: string,
): Promise<GenerationRecord | undefined> {
  for (const pauseMs of PAUSES_MS) {
    await wait(pauseMs);
    try {
      const record = await gateway.fetchGeneration(generationId, AbortSignal.timeout(TIMEOUT_MS));
      if (record !== undefined) return record;
    } catch (error) {
      if (!toWaybillError(error).isRetryable) return undefined;
    }
  }
  return undefined;
}
