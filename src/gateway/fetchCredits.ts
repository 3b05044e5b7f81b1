import * as z from "zod/mini";
import { isAborted, toWaybillError } from "../core/errors/waybillError.ts";
import { type NanoUsd, parseUsd, subtractUsd } from "../core/money/nanoUsd.ts";
import type { Gateway } from "./gateway.ts";

const amount = z.union([z.number(), z.string()]);

/** Source: OpenRouter `GET /credits`, in US dollars. */
const creditsSchema = z.looseObject({ data: z.looseObject({ total_credits: amount, total_usage: amount }) });

/**
 * What is left of the credits that the account bought. `undefined` where the gateway does not tell: it is meant for
 * management keys, and others may get 401 or 403. Rejects with `aborted` only.
 */
export async function fetchCredits(gateway: Gateway, signal: AbortSignal): Promise<NanoUsd | undefined> {
  try {
    const parsed = creditsSchema.safeParse(await gateway.lookUp("/credits", signal));
    if (!parsed.success) return undefined;
    const bought = parseUsd(parsed.data.data.total_credits);
    const used = parseUsd(parsed.data.data.total_usage);
    return bought === undefined || used === undefined ? undefined : subtractUsd(bought, used);
  } catch (error) {
    if (isAborted(error)) throw toWaybillError(error);
    return undefined;
  }
}
