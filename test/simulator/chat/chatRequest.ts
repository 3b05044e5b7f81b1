import { z } from "zod";

const cacheControl = z.looseObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() });

const part = z.looseObject({ type: z.string(), text: z.string().optional(), cache_control: cacheControl.optional() });

const toolCall = z.looseObject({
  id: z.string().optional(),
  function: z.looseObject({ name: z.string(), arguments: z.string().optional() }),
});

const message = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: z.union([z.string(), z.array(part), z.null()]).optional(),
  tool_calls: z.array(toolCall).optional(),
  reasoning_details: z.array(z.unknown()).optional(),
});

const tool = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string().max(64), parameters: z.unknown().optional() }).optional(),
});

/** Docs use numbers, the spec strings; both are taken. */
const price = z.union([
  z.string().regex(/^\d+(?:\.\d+)?$/),
  z
    .number()
    .min(0)
    .transform((usd) => usd.toFixed(9)),
]);
const maxPrice = z.looseObject({ prompt: price.optional(), completion: price.optional() });

const provider = z.looseObject({
  order: z.array(z.string()).nullish(),
  only: z.array(z.string()).nullish(),
  ignore: z.array(z.string()).nullish(),
  allow_fallbacks: z.boolean().nullish(),
  require_parameters: z.boolean().nullish(),
  data_collection: z.enum(["allow", "deny"]).nullish(),
  zdr: z.boolean().nullish(),
  quantizations: z.array(z.string()).nullish(),
  sort: z.union([z.string(), z.looseObject({ by: z.string().nullish() })]).nullish(),
  max_price: maxPrice.nullish(),
});

const effort = z.enum(["max", "xhigh", "high", "medium", "low", "minimal", "none"]);
const reasoning = z.looseObject({
  effort: effort.nullish(),
  max_tokens: z.number().nullish(),
  enabled: z.boolean().nullish(),
  exclude: z.boolean().nullish(),
});

/** The fields of a chat request the simulator acts on; all others are accepted, as by the API. */
export const chatRequestSchema = z.looseObject({
  model: z.string().optional(),
  models: z.array(z.string()).optional(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union([z.string(), z.looseObject({ function: z.looseObject({ name: z.string() }).optional() })])
    .nullish(),
  response_format: z
    .looseObject({ type: z.string(), json_schema: z.looseObject({ schema: z.unknown().optional() }).optional() })
    .nullish(),
  reasoning: reasoning.nullish(),
  reasoning_effort: effort.nullish(),
  provider: provider.nullish(),
  cache_control: cacheControl.nullish(),
  session_id: z.string().max(256).nullish(),
  user: z.string().nullish(),
});

export type ChatRequest = z.infer<typeof chatRequestSchema>;
export type ChatMessage = ChatRequest["messages"][number];

/** The text of a message; parts are joined, other media left out. */
export function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  return (content ?? []).map((contentPart) => contentPart.text ?? "").join("\n");
}

/** Whether the messages carry a part of a type, such as `image_url`. */
export function hasPart(request: ChatRequest, type: string): boolean {
  return request.messages.some(
    ({ content }) => Array.isArray(content) && content.some((contentPart) => contentPart.type === type),
  );
}

/** The completion tokens the request allows, if it says so. */
export function maxTokensOf(request: ChatRequest): number | undefined {
  return request.max_completion_tokens ?? request.max_tokens ?? undefined;
}
