import { isLoopback } from "../../gateway/isLoopback.ts";

/** The one variable that development and test hosts set. */
const VARIABLE = "WAYBILL_DEVELOPMENT_KEY";
const DEFAULT_ORIGIN = "https://openrouter.ai";

/**
 * The key that a development host brings along. A packaged extension ignores it: an environment variable must not be
 * able to plant a key there. Only for a gateway on this machine or OpenRouter itself.
 */
export function developmentKey(
  isPackaged: boolean,
  environment: Readonly<Record<string, string | undefined>>,
  gatewayUrl: URL | undefined,
): string | undefined {
  const key = environment[VARIABLE];
  if (isPackaged || gatewayUrl === undefined || key === undefined || key === "") return undefined;
  return isLoopback(gatewayUrl.hostname) || gatewayUrl.origin === DEFAULT_ORIGIN ? key : undefined;
}
