/** Providers that finish, and bill, an answer whose connection was closed. Source: OpenRouter `streaming`, 2026-08. */
const BILLING_ON: ReadonlySet<string> = new Set(
  [
    "Amazon Bedrock",
    "AWS Bedrock",
    "Groq",
    "Modal",
    "Google",
    "Google AI Studio",
    "Google Vertex",
    "Minimax",
    "HuggingFace",
    "Replicate",
    "Perplexity",
    "Mistral",
    "AI21",
    "Featherless",
    "Lynn",
    "Lambda",
    "Reflection",
    "SambaNova",
    "Inflection",
    "ZeroOneAI",
    "AionLabs",
    "Alibaba",
    "Nebius",
    "Kluster",
    "Targon",
    "InferenceNet",
  ].map(bareName),
);

/** Whether a provider, by its display name, is known to bill the whole answer although it was stopped. */
export function billsOnAfterStop(provider: string): boolean {
  return BILLING_ON.has(bareName(provider));
}

/** Display names differ in case, spaces and hyphens from page to page. */
function bareName(provider: string): string {
  return provider.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
