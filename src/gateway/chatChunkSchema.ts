import * as z from "zod/mini";
import { errorSchema } from "./errorSchema.ts";

/** A field of the wrong type counts as missing: it must not cost the rest of the chunk. */
const text = z.catch(z.nullish(z.string()), undefined);
const count = z.catch(z.nullish(z.number().check(z.nonnegative())), undefined);

/** Source: OpenRouter `ChatUsage`. Money is read with `readUsage`. */
const usageSchema = z.looseObject({
  prompt_tokens: count,
  completion_tokens: count,
  cost: z.catch(z.nullish(z.number()), undefined),
  is_byok: z.catch(z.nullish(z.boolean()), undefined),
  cost_details: z.catch(
    z.nullish(z.looseObject({ upstream_inference_cost: z.catch(z.nullish(z.number()), undefined) })),
    undefined,
  ),
  prompt_tokens_details: z.catch(z.nullish(z.looseObject({ cached_tokens: count })), undefined),
  completion_tokens_details: z.catch(z.nullish(z.looseObject({ reasoning_tokens: count })), undefined),
});

const choiceSchema = z.looseObject({
  delta: z.catch(z.nullish(z.looseObject({ content: text, reasoning: text })), undefined),
  finish_reason: text,
  error: z.catch(z.nullish(errorSchema), undefined),
});

/** Source: OpenRouter `ChatStreamChunk`; `choices` is empty in some last chunks, `provider` is not in the spec's types. */
export const chatChunkSchema = z.looseObject({
  id: text,
  model: text,
  provider: text,
  choices: z.catch(z.nullish(z.array(choiceSchema)), undefined),
  usage: z.catch(z.nullish(usageSchema), undefined),
  error: z.catch(z.nullish(errorSchema), undefined),
});

export type ChatChunk = z.infer<typeof chatChunkSchema>;
export type UsageBody = z.infer<typeof usageSchema>;
