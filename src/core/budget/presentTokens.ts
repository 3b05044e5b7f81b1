import { shortCount } from "../catalog/presentModel.ts";
import { formatUsd } from "../money/formatUsd.ts";
import type { ConversationMessage } from "../conversation/conversationMessage.ts";
import { measureMessages } from "../conversation/measureMessages.ts";
import type { ModelChoice } from "../routing/routeDecision.ts";
import { priceTokens } from "./priceTokens.ts";
import { type PromptTokens, measurePrompt } from "./promptTokens.ts";
import type { TokenCalibrations } from "./tokenCalibration.ts";

const NOTHING = { coefficient: 0n, scale: 0 } as const;

/** What a part of a prompt adds to it on this model, for instance `1.2k tokens · ≤ $0.0004`. */
export function presentTokens(
  part: Pick<ConversationMessage, "content" | "images">,
  { model, ceiling }: ModelChoice,
  learned: TokenCalibrations,
): string {
  const around = measurePrompt([""], learned).tokensOf(model);
  const { expected, atMost } = measureMessages([{ role: "user", ...part }], learned).tokensOf(model);
  const prices = { ...ceiling, perRequest: NOTHING };
  const most = { promptTokens: Math.max(0, atMost - around.atMost), completionTokens: 0 };
  const cost = priceTokens(prices, most, "up");
  return `${countTokens(expected - around.expected)} · ${cost === 0 ? "free" : `≤ ${formatUsd(cost)}`}`;
}

/** How much of a model's window a prompt is expected to take; `share` is 0 to 1. */
export function presentWindow(
  { expected }: Pick<PromptTokens, "expected">,
  windowTokens: number,
): { readonly text: string; readonly share: number } {
  const share = Math.min(1, expected / Math.max(1, windowTokens));
  return { text: `${shortTokens(expected)} of ${shortCount(windowTokens)} tokens`, share };
}

function countTokens(tokens: number): string {
  return tokens === 1 ? "1 token" : `${shortTokens(tokens)} tokens`;
}

/** With one decimal from 1,000 to 10,000. */
function shortTokens(tokens: number): string {
  return tokens >= 1_000 && tokens < 9_950 ? `${(tokens / 1_000).toFixed(1)}k` : shortCount(tokens);
}
