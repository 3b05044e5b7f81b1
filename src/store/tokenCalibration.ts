import type { DatabaseSync } from "node:sqlite";
import {
  NO_CALIBRATION,
  type ReportedPrompt,
  type TokenCalibration,
  type TokenCalibrations,
  learnTokens,
} from "../core/budget/tokenCalibration.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { toStoreError } from "./sqliteFailure.ts";

/**
 * How the tokens that a gateway reports compare with those counted, by tokenizer family, in the ledger's database. Holds no
 * text. Every method rejects with `WaybillError`.
 */
export interface TokenCalibrationStore {
  /** What is known of the families of a gateway. A lock of another window is not waited for. */
  of(gatewayOrigin: string): Promise<TokenCalibrations>;
  learn(gatewayOrigin: string, family: string, prompt: ReportedPrompt): Promise<void>;
}

export function createTokenCalibration(database: DatabaseSync): TokenCalibrationStore {
  return {
    of: async (gatewayOrigin) => {
      try {
        return new Map(
          database
            .prepare("SELECT * FROM token_calibration WHERE gateway_origin = ?")
            .all(gatewayOrigin)
            .map((row) => [String(row["family"]), toCalibration(row)]),
        );
      } catch (error) {
        throw toStoreError(error);
      }
    },
    learn: (gatewayOrigin, family, prompt) =>
      retryWhileLocked(() => {
        database.exec("BEGIN IMMEDIATE");
        try {
          writeLearned(database, { gatewayOrigin, family, prompt });
          database.exec("COMMIT");
        } catch (error) {
          if (database.isTransaction) database.exec("ROLLBACK");
          throw error;
        }
      }),
  };
}

function writeLearned(
  database: DatabaseSync,
  { gatewayOrigin, family, prompt }: { gatewayOrigin: string; family: string; prompt: ReportedPrompt },
): void {
  const row = database
    .prepare("SELECT * FROM token_calibration WHERE gateway_origin = ? AND family = ?")
    .get(gatewayOrigin, family);
  const known = row === undefined ? NO_CALIBRATION : toCalibration(row);
  const { weight, ratio, raise, extraTokens } = learnTokens(known, prompt);
  database
    .prepare(
      `INSERT OR REPLACE INTO token_calibration (gateway_origin, family, weight, ratio, raise, extra_tokens)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(gatewayOrigin, family, weight, ratio, raise, extraTokens);
}

function toCalibration(row: Record<string, unknown>): TokenCalibration {
  return {
    weight: Number(row["weight"]),
    ratio: Number(row["ratio"]),
    raise: Number(row["raise"]),
    extraTokens: Number(row["extra_tokens"]),
  };
}
