import type { TokenCalibrations } from "../core/budget/tokenCalibration.ts";
import type { Ledger } from "../store/ledger.ts";

/** How families of this gateway count. Never rejects: without, they count as nothing was learned of them. */
export async function learnedTokens(ledger: Promise<Ledger>, gatewayOrigin: string): Promise<TokenCalibrations> {
  try {
    return await (await ledger).tokens.of(gatewayOrigin);
  } catch {
    return new Map();
  }
}
