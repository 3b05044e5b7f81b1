import * as z from "zod/mini";
import { WaybillError } from "../core/errors/waybillError.ts";
import { type NanoUsd, parseUsd } from "../core/money/nanoUsd.ts";

const amount = z.catch(z.nullish(z.number()), undefined);

/** Source: OpenRouter `GET /key`. */
const keyStatusSchema = z.looseObject({
  data: z.looseObject({
    limit: amount,
    limit_remaining: amount,
    limit_reset: z.catch(z.nullish(z.string()), undefined),
    usage_daily: amount,
    is_free_tier: z.catch(z.nullish(z.boolean()), undefined),
  }),
});

/** What the gateway says of the key in use. The key's label stays out: it is account data. */
export interface KeyStatus {
  readonly limit: NanoUsd | undefined;
  readonly limitRemaining: NanoUsd | undefined;
  readonly limitReset: string | undefined;
  readonly usedToday: NanoUsd | undefined;
}

export function readKeyStatus(body: unknown): KeyStatus {
  const parsed = keyStatusSchema.safeParse(body);
  if (!parsed.success) {
    throw new WaybillError("protocol", "The key status has an unknown form", {
      detail: "a key status of unknown form",
    });
  }
  const { data } = parsed.data;
  return {
    limit: readAmount(data.limit),
    limitRemaining: readAmount(data.limit_remaining),
    limitReset: data.limit_reset ?? undefined,
    usedToday: readAmount(data.usage_daily),
  };
}

function readAmount(value: number | null | undefined): NanoUsd | undefined {
  return value === undefined || value === null ? undefined : parseUsd(value);
}
