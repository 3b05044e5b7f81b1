import * as z from "zod/mini";
import { WaybillError } from "../core/errors/waybillError.ts";
import { endpointUrl } from "./endpointUrl.ts";
import { type RequestTiming, openResponse, readJson, readText } from "./sendRequest.ts";
import type { Transport } from "./transport.ts";

export interface CodeExchange {
  readonly baseUrl: URL;
  readonly code: string;
  /** Whose hash the sign-in page was opened with. */
  readonly verifier: string;
}

/** `refused`: the code was used, is too old, or belongs to another sign-in. */
export type ExchangeOutcome = { readonly kind: "key"; readonly key: string } | { readonly kind: "refused" };

const MAX_ANSWER_BYTES = 64 * 1024;
const TIMING: RequestTiming = { timeouts: { headMs: 20_000, idleMs: 20_000, totalMs: 30_000 }, now: () => Date.now() };

/** Source: OpenRouter `POST /auth/keys`. A key has no spaces and fits into a header. */
const answerSchema = z.looseObject({ key: z.string().check(z.regex(/^[\x21-\x7e]{8,512}$/)) });

/** Makes a code of the sign-in page into a key. No key goes along, and the answer is kept nowhere. Rejects with `WaybillError`. */
export async function exchangeCode(
  transport: Transport,
  { baseUrl, code, verifier }: CodeExchange,
  signal: AbortSignal,
): Promise<ExchangeOutcome> {
  const request = {
    url: endpointUrl(baseUrl, "/auth/keys"),
    method: "POST" as const,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code, code_verifier: verifier, code_challenge_method: "S256" }),
    signal,
  };
  try {
    const { body } = await openResponse(transport, request, TIMING);
    const parsed = answerSchema.safeParse(readJson(await readText(body, MAX_ANSWER_BYTES)));
    if (parsed.success) return { kind: "key", key: parsed.data.key };
  } catch (error) {
    if (error instanceof WaybillError && (error.status === 400 || error.status === 403)) return { kind: "refused" };
    throw error;
  }
  throw new WaybillError("protocol", "The answer has no key", { detail: "no key in the answer", isUncharged: true });
}
