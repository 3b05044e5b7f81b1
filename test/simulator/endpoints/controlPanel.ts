import { z } from "zod";

import { billNanoUsd } from "../accounts/account.ts";
import { invalidJson, invalidRequest, notFound } from "../errors/requestErrors.ts";
import { faultsSchema } from "../faults/fault.ts";
import { jsonBody } from "../http/exchange.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson } from "../http/sendJson.ts";
import { DEFAULT_KEY } from "../simulatorOptions.ts";
import type { SimulatorState } from "../simulatorState.ts";

const keyOptions = z.object({
  key: z.string(),
  limitUsd: z.number().exactOptional(),
  limitReset: z.enum(["daily", "weekly", "monthly"]).exactOptional(),
  creditsUsd: z.number().exactOptional(),
  byok: z.enum(["within-allowance", "past-allowance"]).exactOptional(),
  tier: z.enum(["free", "paid"]).exactOptional(),
  expiresAt: z.string().exactOptional(),
});
const codeOptions = z.object({
  codeChallenge: z.string().exactOptional(),
  method: z.enum(["S256", "plain"]).exactOptional(),
});

/** `POST /__simulator/faults`: one fault or a list, each for a request of its own. */
export function scriptFaults(exchange: Exchange, state: SimulatorState): void {
  const parsed = faultsSchema.safeParse(jsonBody(exchange));
  if (!parsed.success) return sendError(exchange.response, invalidRequest(z.prettifyError(parsed.error)));
  const faults = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  state.faults.add(faults);
  sendJson(exchange.response, { added: faults.length });
}

/** `GET /__simulator/books?key=`: the rows of a key, the default one when none is named. */
export function showBooks({ url, response }: Exchange, state: SimulatorState): void {
  const account = state.account(url.searchParams.get("key") ?? DEFAULT_KEY);
  if (account === undefined) return sendError(response, notFound("Key"));
  sendJson(response, { rows: account.rows, billNanoUsd: billNanoUsd(account) });
}

/** `GET /__simulator/requests`. */
export function showRequests({ response }: Exchange, state: SimulatorState): void {
  sendJson(response, { requests: state.requests });
}

/** `POST /__simulator/reset`. */
export function resetState({ response }: Exchange, state: SimulatorState): void {
  state.reset();
  sendJson(response, { isReset: true });
}

/** `POST /__simulator/keys`: adds a key. */
export function addKey(exchange: Exchange, state: SimulatorState): void {
  const parsed = keyOptions.safeParse(jsonBody(exchange));
  if (!parsed.success) return sendError(exchange.response, invalidJson());
  state.addKey(parsed.data);
  sendJson(exchange.response, { key: parsed.data.key });
}

/** `POST /__simulator/auth-codes`: what the login page would hand to the callback. */
export function mintAuthCode(exchange: Exchange, state: SimulatorState): void {
  const parsed = codeOptions.safeParse(jsonBody(exchange) ?? {});
  if (!parsed.success) return sendError(exchange.response, invalidJson());
  sendJson(exchange.response, { code: state.authCodes.mint({ ...parsed.data, nowMs: state.now() }) });
}
