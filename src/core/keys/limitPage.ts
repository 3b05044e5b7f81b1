/** Where a person sets a limit for a key; `undefined` for gateways whose pages are not known. Source: OpenRouter's key settings. */
export function limitPageOf(gatewayOrigin: string): string | undefined {
  return /^https:\/\/([\w-]+\.)?openrouter\.ai$/.test(gatewayOrigin)
    ? "https://openrouter.ai/settings/keys"
    : undefined;
}
