import * as z from "zod/mini";

/** A field of the wrong type counts as missing: it must not cost the rest of the chunk. */
const text = z.catch(z.nullish(z.string()), undefined);
const count = z.catch(z.nullish(z.int().check(z.nonnegative())), undefined);
const amount = z.catch(z.nullish(z.number()), undefined);
/** Items are read one by one, so that an odd one does not cost the others. */
const items = z.catch(z.nullish(z.array(z.unknown())), undefined);

/** Source: OpenRouter `ChatUsage`. Money is read with `readUsage`. */
const usageSchema = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  cost: amount,
  is_byok: z.catch(z.nullish(z.boolean()), undefined),
  cost_details: z.catch(z.nullish(z.looseObject({ upstream_inference_cost: amount })), undefined),
  prompt_tokens_details: z.catch(z.nullish(z.looseObject({ cached_tokens: count })), undefined),
  completion_tokens_details: z.catch(z.nullish(z.looseObject({ reasoning_tokens: count })), undefined),
});

/** `reasoning_content` is what other servers call `reasoning`. */
const deltaSchema = z.looseObject({
  content: text,
  reasoning: text,
  reasoning_content: text,
  refusal: text,
  reasoning_details: items,
  tool_calls: items,
  images: items,
  annotations: items,
  audio: z.optional(z.unknown()),
});

/** An answer that does not stream has `message` in the place of `delta`. */
const choiceSchema = z.looseObject({
  delta: z.catch(z.nullish(deltaSchema), undefined),
  message: z.catch(z.nullish(deltaSchema), undefined),
  finish_reason: text,
  error: z.optional(z.unknown()),
});

/** Source: OpenRouter `ChatStreamChunk`; `choices` is empty in some last chunks, `provider` is not in the spec's types. */
export const chatChunkSchema = z.looseObject({
  id: text,
  model: text,
  provider: text,
  choices: z.catch(z.nullish(z.array(z.catch(z.nullish(choiceSchema), undefined))), undefined),
  usage: z.catch(z.nullish(usageSchema), undefined),
  error: z.optional(z.unknown()),
  openrouter_metadata: z.optional(z.unknown()),
});

export type ChatChunk = z.infer<typeof chatChunkSchema>;
export type ChatDelta = z.infer<typeof deltaSchema>;
export type UsageBody = z.infer<typeof usageSchema>;
