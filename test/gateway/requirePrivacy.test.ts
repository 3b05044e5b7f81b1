import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import type { PrivacyDemand } from "../../src/core/privacy/privacyDemand.ts";
import type { ProviderPreferences } from "../../src/core/routing/providerPreferences.ts";
import { chatRequestHeaders } from "../../src/gateway/chatRequest.ts";
import { PLAIN_CAPABILITIES } from "../../src/gateway/gatewayCapabilities.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import type { ChatRequest } from "../../src/gateway/chatRequest.ts";

const NOTHING = { coefficient: 0n, scale: 0 };
const ZERO: PrivacyDemand = { profile: "zero-retention", dataCollection: "deny", zdr: true };
const NO_TRAINING: PrivacyDemand = { profile: "no-training", dataCollection: "deny" };
const LOCAL: PrivacyDemand = { ...ZERO, profile: "local-only" };

function request(provider?: ProviderPreferences): ChatRequest {
  return {
    model: "a/b",
    messages: [{ role: "user", content: "Why?" }],
    maxCompletionTokens: 100,
    priceCeiling: { promptPerToken: NOTHING, completionPerToken: NOTHING, perRequest: NOTHING },
    sessionId: undefined,
    ...(provider === undefined ? {} : { provider }),
  };
}

interface Attempted {
  readonly demand: PrivacyDemand;
  readonly provider?: ProviderPreferences;
  readonly baseUrl?: string;
  readonly isPlain?: boolean;
}

/** `sent`, or the words about what held it back. Where it is held back, the transport must not have been called. */
async function attempt({ demand, provider, baseUrl, isPlain = false }: Attempted): Promise<string> {
  let sent = 0;
  const url = new URL(baseUrl ?? "https://openrouter.ai/api/v1");
  const gateway = createOpenRouterGateway({
    baseUrl: url,
    credential: async () => ({ origin: url.origin, key: "k" }),
    now: () => 0,
    privacy: () => demand,
    ...(isPlain ? { capabilities: PLAIN_CAPABILITIES } : {}),
    transport: async () => {
      sent += 1;
      throw new WaybillError("network", "No way out of a test");
    },
  });
  try {
    for await (const _ of gateway.streamChat(request(provider), new AbortController().signal)) assert.fail();
  } catch (error) {
    assert.ok(error instanceof WaybillError);
    if (error.code === "network") return "sent";
    assert.deepEqual([error.code, error.isUncharged, sent], ["privacy-unmet", true, 0]);
    return error.detail ?? "";
  }
  return "ended";
}

describe("a request that privacy is demanded of", () => {
  const check = (name: string, attempted: Attempted, expected: RegExp) =>
    it(name, async () => assert.match(await attempt(attempted), expected));

  const deny = { dataCollection: "deny" } as const;
  check("leaves with what is demanded", { demand: ZERO, provider: { ...deny, zdr: true } }, /^sent$/);
  check("does not leave without rules for providers", { demand: ZERO }, /does not ask for no training/);
  check("does not leave without zero retention", { demand: ZERO, provider: deny }, /does not ask for zero retention/);
  check(
    "does not leave with the opposite",
    { demand: NO_TRAINING, provider: { dataCollection: "allow" } },
    /does not ask for no training/,
  );
  const anthropic: PrivacyDemand = { profile: "none", onlyProviders: ["anthropic"] };
  check("leaves for providers that are allowed", { demand: anthropic, provider: { only: ["anthropic"] } }, /^sent$/);
  for (const provider of [{}, { only: [] }, { only: ["anthropic", "other"] }, { order: ["anthropic"] }]) {
    check(
      `does not leave for others: ${JSON.stringify(provider)}`,
      { demand: anthropic, provider },
      /limited to the providers/,
    );
  }
  check(
    "does not leave this machine under local only",
    { demand: LOCAL, provider: { ...deny, zdr: true } },
    /openrouter\.ai is not on this machine/,
  );
  for (const baseUrl of ["http://127.0.0.1:1/v1", "http://localhost:1/v1", "http://[::1]:1/v1"]) {
    check(`stays on this machine under local only: ${baseUrl}`, { demand: LOCAL, baseUrl, isPlain: true }, /^sent$/);
  }
  for (const baseUrl of [
    "http://127.0.0.1.evil.example/v1",
    "http://localhost.evil.example/v1",
    "http://10.0.0.1/v1",
  ]) {
    check(
      `does not leave for what only looks like it: ${baseUrl}`,
      { demand: LOCAL, baseUrl },
      /is not on this machine/,
    );
  }
  for (const demand of [ZERO, NO_TRAINING, anthropic]) {
    check(
      `does not leave for a server that takes no rules (${demand.profile})`,
      {
        demand,
        provider: { ...deny, zdr: true, only: ["anthropic"] },
        baseUrl: "https://llm.example/v1",
        isPlain: true,
      },
      /llm\.example takes no such rules/,
    );
  }

  it("asks the gateway to keep no answer either", () => {
    const kept = { ...request({ zdr: true }), isResponseCacheable: true };
    assert.deepEqual(chatRequestHeaders(kept), {});
    assert.deepEqual(chatRequestHeaders({ ...kept, provider: {} }), { "X-OpenRouter-Cache": "true" });
  });
});
