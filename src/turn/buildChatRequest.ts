import type { ProviderPreferences } from "../core/routing/providerPreferences.ts";
import { type RoutePolicy, providerRules } from "../core/routing/routePolicy.ts";
import type { ChatRequest } from "../gateway/chatRequest.ts";
import type { Attempt } from "./attempt.ts";
import type { Attribution } from "./turnRequest.ts";

/** What an attempt asks the gateway for. */
export function buildChatRequest({ turn, choice, messages, gatewayFallbacks, avoidedProviders }: Attempt): ChatRequest {
  const { request, policy } = turn;
  const { user, metadata = {}, sendsSession = true }: Partial<Attribution> = request.attribution ?? {};
  return {
    model: choice.model.id,
    fallbackModels: gatewayFallbacks.map(({ model }) => model.id),
    messages,
    maxCompletionTokens: choice.maxCompletionTokens,
    priceCeiling: choice.ceiling,
    sessionId: sendsSession ? request.chatId : undefined,
    ...(user === undefined ? {} : { user }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    provider: providersFor(policy, avoidedProviders),
    ...(policy.reasoningEffort === undefined ? {} : { reasoningEffort: policy.reasoningEffort }),
    ...(policy.temperature === undefined ? {} : { temperature: policy.temperature }),
  };
}

function providersFor(policy: RoutePolicy, avoided: readonly string[]): ProviderPreferences {
  const provider = providerRules(policy);
  return {
    ...provider,
    ...(policy.fallback === "none" ? { allowFallbacks: false } : {}),
    ...(avoided.length === 0 ? {} : { ignore: [...new Set([...(provider.ignore ?? []), ...avoided])] }),
  };
}
