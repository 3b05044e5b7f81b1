import { createHash, randomBytes } from "node:crypto";

import { apiError } from "../errors/apiError.ts";
import type { ApiError } from "../errors/apiError.ts";

/** Lifetime of a code (OAuth page). */
const LIFETIME_MS = 600_000;

/** What a code was given out for. */
interface IssuedCode {
  readonly challenge: string | undefined;
  readonly method: "S256" | "plain";
  readonly expiresAtMs: number;
}

/** A code and the challenge the login page was opened with. */
export interface CodeOptions {
  readonly codeChallenge?: string;
  readonly method?: "S256" | "plain";
  readonly nowMs: number;
}

/** What a client sends to exchange a code. */
export interface CodeExchange {
  readonly code: string;
  readonly verifier: string | undefined;
  readonly nowMs: number;
}

export type ExchangeResult =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "refuse"; readonly error: ApiError };

/** Codes of the login page waiting to be exchanged for a key; each works once, for ten minutes. */
export class AuthCodes {
  readonly #issued = new Map<string, IssuedCode>();

  mint({ codeChallenge, method = "S256", nowMs }: CodeOptions): string {
    const code = `auth_code_${randomBytes(9).toString("hex")}`;
    this.#issued.set(code, { challenge: codeChallenge, method, expiresAtMs: nowMs + LIFETIME_MS });
    return code;
  }

  exchange({ code, verifier, nowMs }: CodeExchange): ExchangeResult {
    const issued = this.#issued.get(code);
    if (issued === undefined) return { kind: "refuse", error: apiError(400, "Invalid code") };
    if (nowMs > issued.expiresAtMs) return { kind: "refuse", error: apiError(403, "Authorization code expired") };
    if (!answersChallenge(issued, verifier))
      return { kind: "refuse", error: apiError(403, "Invalid code or code_verifier") };
    this.#issued.delete(code);
    return { kind: "key", key: `sk-or-v1-${randomBytes(32).toString("hex")}` };
  }

  clear(): void {
    this.#issued.clear();
  }
}

function answersChallenge({ challenge, method }: IssuedCode, verifier: string | undefined): boolean {
  if (challenge === undefined) return true;
  if (verifier === undefined) return false;
  const answer = method === "S256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  return answer === challenge;
}
