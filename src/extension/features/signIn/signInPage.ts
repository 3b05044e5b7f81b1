import { isLoopback } from "../../../gateway/isLoopback.ts";

/**
 * Where a person signs in at a gateway; `undefined` where that is not known. A gateway on this machine plays OpenRouter in
 * development hosts and in tests.
 */
export function signInPageOf({ origin, hostname }: URL, isDevelopment: boolean): string | undefined {
  const isKnown = origin === "https://openrouter.ai" || (isDevelopment && isLoopback(hostname));
  return isKnown ? `${origin}/auth` : undefined;
}
