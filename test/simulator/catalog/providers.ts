/** Public facts about a provider, and how it behaves when a client goes away. */
export interface Provider {
  /** Display name as chat answers carry it. */
  readonly name: string;
  readonly headquarters: string;
  readonly website: string;
  /** Whether an aborted stream stops generation and billing, or is billed in full (streaming page, stream cancellation). */
  readonly onAbort: "stops" | "bills-on";
  readonly retention: "none" | "30-days";
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
}

/** Every provider of the catalogue, by slug. */
export const PROVIDERS = {
  alibaba: {
    name: "Alibaba Cloud Int.",
    headquarters: "SG",
    website: "alibabacloud.com",
    onAbort: "bills-on",
    retention: "30-days",
    firstTokenMs: 900,
    tokensPerSecond: 75,
  },
  "amazon-bedrock": {
    name: "Amazon Bedrock",
    headquarters: "US",
    website: "aws.amazon.com",
    onAbort: "bills-on",
    retention: "none",
    firstTokenMs: 850,
    tokensPerSecond: 70,
  },
  anthropic: {
    name: "Anthropic",
    headquarters: "US",
    website: "anthropic.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 700,
    tokensPerSecond: 80,
  },
  azure: {
    name: "Azure",
    headquarters: "US",
    website: "microsoft.com",
    onAbort: "stops",
    retention: "none",
    firstTokenMs: 750,
    tokensPerSecond: 85,
  },
  cohere: {
    name: "Cohere",
    headquarters: "CA",
    website: "cohere.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 400,
    tokensPerSecond: 90,
  },
  deepinfra: {
    name: "DeepInfra",
    headquarters: "US",
    website: "deepinfra.com",
    onAbort: "stops",
    retention: "none",
    firstTokenMs: 450,
    tokensPerSecond: 65,
  },
  deepseek: {
    name: "DeepSeek",
    headquarters: "CN",
    website: "deepseek.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 800,
    tokensPerSecond: 60,
  },
  fireworks: {
    name: "Fireworks",
    headquarters: "US",
    website: "fireworks.ai",
    onAbort: "stops",
    retention: "none",
    firstTokenMs: 350,
    tokensPerSecond: 120,
  },
  "google-ai-studio": {
    name: "Google AI Studio",
    headquarters: "US",
    website: "google.com",
    onAbort: "bills-on",
    retention: "30-days",
    firstTokenMs: 500,
    tokensPerSecond: 110,
  },
  "google-vertex": {
    name: "Google",
    headquarters: "US",
    website: "google.com",
    onAbort: "bills-on",
    retention: "none",
    firstTokenMs: 550,
    tokensPerSecond: 105,
  },
  groq: {
    name: "Groq",
    headquarters: "US",
    website: "groq.com",
    onAbort: "bills-on",
    retention: "none",
    firstTokenMs: 150,
    tokensPerSecond: 320,
  },
  liquid: {
    name: "Liquid",
    headquarters: "US",
    website: "liquid.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 200,
    tokensPerSecond: 140,
  },
  meta: {
    name: "Meta",
    headquarters: "US",
    website: "meta.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 500,
    tokensPerSecond: 90,
  },
  minimax: {
    name: "Minimax",
    headquarters: "SG",
    website: "minimax.io",
    onAbort: "bills-on",
    retention: "30-days",
    firstTokenMs: 700,
    tokensPerSecond: 65,
  },
  mistral: {
    name: "Mistral",
    headquarters: "FR",
    website: "mistral.ai",
    onAbort: "bills-on",
    retention: "30-days",
    firstTokenMs: 350,
    tokensPerSecond: 95,
  },
  moonshotai: {
    name: "Moonshot AI",
    headquarters: "SG",
    website: "moonshot.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 800,
    tokensPerSecond: 55,
  },
  novita: {
    name: "Novita",
    headquarters: "US",
    website: "novita.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 600,
    tokensPerSecond: 60,
  },
  nvidia: {
    name: "Nvidia",
    headquarters: "US",
    website: "nvidia.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 600,
    tokensPerSecond: 70,
  },
  openai: {
    name: "OpenAI",
    headquarters: "US",
    website: "openai.com",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 650,
    tokensPerSecond: 85,
  },
  stealth: {
    name: "Stealth",
    headquarters: "US",
    website: "openrouter.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 600,
    tokensPerSecond: 80,
  },
  together: {
    name: "Together",
    headquarters: "US",
    website: "together.ai",
    onAbort: "stops",
    retention: "none",
    firstTokenMs: 350,
    tokensPerSecond: 100,
  },
  xai: {
    name: "xAI",
    headquarters: "US",
    website: "x.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 500,
    tokensPerSecond: 90,
  },
  "z-ai": {
    name: "Z.AI",
    headquarters: "SG",
    website: "z.ai",
    onAbort: "stops",
    retention: "30-days",
    firstTokenMs: 700,
    tokensPerSecond: 70,
  },
} as const satisfies Readonly<Record<string, Provider>>;

export type ProviderSlug = keyof typeof PROVIDERS;

/** The facts of a provider, widened from the table's literals. */
export function providerOf(slug: ProviderSlug): Provider {
  return PROVIDERS[slug];
}
