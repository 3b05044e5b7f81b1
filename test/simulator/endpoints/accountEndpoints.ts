import { z } from "zod";

import { creditsOf } from "../accounts/account.ts";
import { describeKey } from "../accounts/describeKey.ts";
import { apiError } from "../errors/apiError.ts";
import { zodValidation } from "../errors/requestErrors.ts";
import { authenticate } from "../http/authenticate.ts";
import { jsonBody } from "../http/exchange.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson } from "../http/sendJson.ts";
import type { SimulatorState } from "../simulatorState.ts";

const PRIVATE = { "Cache-Control": "private, no-store" };
const codeExchange = z.looseObject({
  code: z.string(),
  code_verifier: z.string().nullish(),
  code_challenge_method: z.string().nullish(),
});

/** `GET /key`. */
export function getKey(exchange: Exchange, state: SimulatorState): void {
  const authenticated = authenticate(exchange, state);
  if (authenticated.kind === "refuse") return sendError(exchange.response, authenticated.error);
  sendJson(exchange.response, { data: describeKey(authenticated.account, state.now()) }, { headers: PRIVATE });
}

/** `GET /credits`; documented for management keys, yet answered to ordinary ones when probed. */
export function getCredits(exchange: Exchange, state: SimulatorState): void {
  const authenticated = authenticate(exchange, state);
  if (authenticated.kind === "refuse") return sendError(exchange.response, authenticated.error);
  if (authenticated.account.options.mayNotSeeCredits === true) {
    return sendError(exchange.response, apiError(403, "Only management keys can access the credits endpoint"));
  }
  sendJson(exchange.response, { data: creditsOf(authenticated.account) }, { headers: PRIVATE });
}

/** `POST /auth/keys`: a code of the login page and its verifier become a key. */
export function exchangeCode(exchange: Exchange, state: SimulatorState): void {
  const parsed = codeExchange.safeParse(jsonBody(exchange));
  if (!parsed.success) return sendError(exchange.response, zodValidation("code"));
  const { code, code_verifier: verifier, code_challenge_method: method } = parsed.data;
  if (method !== undefined && method !== null && method !== "S256" && method !== "plain") {
    return sendError(exchange.response, apiError(400, "Invalid code_challenge_method"));
  }
  const exchanged = state.authCodes.exchange({ code, verifier: verifier ?? undefined, nowMs: state.now() });
  if (exchanged.kind === "refuse") return sendError(exchange.response, exchanged.error);
  const account = state.addKey({ key: exchanged.key });
  sendJson(exchange.response, { key: exchanged.key, user_id: account.userId });
}
