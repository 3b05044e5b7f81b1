import * as z from "zod/mini";

/** Source: OpenRouter `errors-and-debugging`; `code` is documented as a number and was seen as a string. */
export const errorSchema = z.looseObject({
  code: z.catch(z.optional(z.union([z.number(), z.string()])), undefined),
  message: z.catch(z.optional(z.string()), undefined),
  error_type: z.catch(z.optional(z.string()), undefined),
  metadata: z.catch(
    z.nullish(
      z.looseObject({
        error_type: z.catch(z.optional(z.string()), undefined),
        limit_source: z.catch(z.optional(z.string()), undefined),
        failed_routing_step: z.catch(z.optional(z.string()), undefined),
      }),
    ),
    undefined,
  ),
});

export const errorBodySchema = z.looseObject({ error: errorSchema });

export type GatewayErrorBody = z.infer<typeof errorSchema>;
