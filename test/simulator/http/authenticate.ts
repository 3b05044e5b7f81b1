import type { Account } from "../accounts/account.ts";
import type { ApiError } from "../errors/apiError.ts";
import { badKey, missingKey } from "../errors/requestErrors.ts";
import type { SimulatorState } from "../simulatorState.ts";
import { bearerKey } from "./exchange.ts";
import type { Exchange } from "./exchange.ts";

export type Authentication =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "refuse"; readonly error: ApiError };

/** Finds the account behind the request's key. */
export function authenticate({ headers }: Exchange, state: SimulatorState): Authentication {
  const key = bearerKey(headers);
  if (key === undefined) return { kind: "refuse", error: missingKey() };
  const account = state.account(key);
  return account === undefined ? { kind: "refuse", error: badKey() } : { kind: "account", account };
}
