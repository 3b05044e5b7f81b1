import type { ChatMessage } from "./chatMessage.ts";

/** Families that cache only what is marked. The others cache by themselves. Source: OpenRouter `prompt-caching`. */
const MARKED_FAMILIES: readonly string[] = ["anthropic/", "qwen/"];

/** Whether a model caches only up to breakpoints; `~` begins an alias of a family's latest model. */
export function needsCacheBreakpoints(modelId: string): boolean {
  return MARKED_FAMILIES.some((family) => modelId.replace(/^~/, "").startsWith(family));
}

/**
 * Positions of the messages to cache up to: the last system message and the last but one user message, so that the next
 * request of a conversation finds the prefix of this one. Two, of the four that Anthropic allows. Blank text cannot be
 * marked.
 */
export function cacheBreakpoints(messages: readonly ChatMessage[]): ReadonlySet<number> {
  const positionsOf = (role: ChatMessage["role"]) =>
    [...messages.keys()].filter((position) => messages[position]?.role === role);
  const chosen = [positionsOf("system").at(-1), positionsOf("user").at(-2)];
  const isMarkable = (position: number | undefined): position is number =>
    position !== undefined && messages[position]?.content.trim() !== "";
  return new Set(chosen.filter(isMarkable));
}
