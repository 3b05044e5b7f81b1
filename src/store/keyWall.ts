import type { DatabaseSync } from "node:sqlite";
import { firstCountedDay } from "../core/budget/limitPeriod.ts";
import type { LimitPeriod, MoneyStanding, SpendPlace } from "../core/budget/spendLimit.ts";
import { type NanoUsd, toNanoUsd } from "../core/money/nanoUsd.ts";

const LIMIT_PERIODS: readonly LimitPeriod[] = ["day", "week", "month", "whole"];

/** A key at a gateway. */
export interface KeyPlace {
  readonly gatewayOrigin: string;
  readonly keyLabel: string;
}

/**
 * Where the gateway's own limit of a key stands: what was left when it was told, less what was booked and is held since.
 * `undefined` without one, or when it has started afresh since. Inside a transaction, or for reading.
 */
export function readKeyWall(
  database: DatabaseSync,
  { gatewayOrigin = "", keyLabel }: SpendPlace,
  day: string,
): MoneyStanding | undefined {
  const told = database
    .prepare("SELECT * FROM key_wall WHERE gateway_origin = ? AND key_label = ?")
    .get(gatewayOrigin, keyLabel);
  const period = LIMIT_PERIODS.find((known) => known === told?.["limit_period"]);
  if (told === undefined || period === undefined || told["first_limit"] !== firstCountedDay(period, day))
    return undefined;
  const amount = (name: string): NanoUsd => toNanoUsd(Number(told[name]));
  const limit = amount("limit_nano");
  return {
    measure: "money",
    scope: "gateway",
    period,
    limit,
    raisedFrom: limit,
    spent: amount("spent_nano"),
    reserved: amount("held_nano"),
  };
}
