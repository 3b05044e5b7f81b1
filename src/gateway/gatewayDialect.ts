/** `openrouter` is all of OpenRouter's API, `plain` what every server understands that speaks OpenAI's. */
export const GATEWAY_DIALECTS = ["auto", "openrouter", "plain"] as const;

/** What a person says of their gateway; with `auto` it shows by its address or by its model list. */
export type GatewayDialect = (typeof GATEWAY_DIALECTS)[number];
