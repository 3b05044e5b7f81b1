import * as z from "zod/mini";
import type { SpendPeriod } from "../core/budget/spendPeriod.ts";
import { WaybillError } from "../core/errors/waybillError.ts";
import { type NanoUsd, ZERO_USD, parseUsd } from "../core/money/nanoUsd.ts";
import type { GatewayBill } from "../core/waybill/compareWithBill.ts";

const amount = z.catch(z.nullish(z.union([z.number(), z.string()])), undefined);

type Amount = z.infer<typeof amount>;

/** Source: OpenRouter `GET /key`. Amounts in US dollars; periods in UTC, weeks from Monday. */
const keyStatusSchema = z.looseObject({
  data: z.looseObject({
    limit: amount,
    limit_remaining: amount,
    limit_reset: z.catch(z.nullish(z.string()), undefined),
    usage_daily: amount,
    usage_weekly: amount,
    usage_monthly: amount,
    byok_usage_daily: amount,
    byok_usage_weekly: amount,
    byok_usage_monthly: amount,
    free_model_daily_requests: z.catch(z.nullish(z.looseObject({ remaining: z.nullish(z.number()) })), undefined),
  }),
});

/** What the gateway says of the key in use. The key's label stays out: it is account data. */
export interface KeyStatus {
  readonly limit: NanoUsd | undefined;
  readonly limitRemaining: NanoUsd | undefined;
  readonly limitReset: string | undefined;
  readonly usedToday: NanoUsd | undefined;
  /** Of free models, for the whole account, until midnight UTC. May lag by some minutes. */
  readonly freeRequestsLeft: number | undefined;
  /** What was spent with it in each running period; `undefined` where the gateway does not tell. */
  readonly used: Readonly<Record<SpendPeriod, GatewayBill | undefined>>;
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
    freeRequestsLeft: data.free_model_daily_requests?.remaining ?? undefined,
    used: {
      day: readBill(data.usage_daily, data.byok_usage_daily),
      week: readBill(data.usage_weekly, data.byok_usage_weekly),
      month: readBill(data.usage_monthly, data.byok_usage_monthly),
    },
  };
}

/** A gateway that knows no keys of one's own says nothing of them; a figure that makes no sense is none. */
function readBill(usage: Amount, byokUsage: Amount): GatewayBill | undefined {
  const charged = readAmount(usage);
  const ownKeys = byokUsage === undefined || byokUsage === null ? ZERO_USD : readAmount(byokUsage);
  if (charged === undefined || ownKeys === undefined || charged < 0 || ownKeys < 0) return undefined;
  return { charged, ownKeys };
}

function readAmount(value: Amount): NanoUsd | undefined {
  return value === undefined || value === null ? undefined : parseUsd(value);
}
