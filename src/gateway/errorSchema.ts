import * as z from "zod/mini";

/** A field of the wrong type counts as missing: it must not cost the rest of the error. */
const text = z.catch(z.optional(z.string()), undefined);
const anything = z.optional(z.unknown());
const record = z.catch(z.optional(z.record(z.string(), z.unknown())), undefined);

/** Source: OpenRouter `errors-and-debugging` (2026-08-19); with it `error.code` is missing. */
const availabilitySchema = z.object({
  code: text,
  retryable: z.catch(z.optional(z.boolean()), undefined),
  retry_after: anything,
  excluded_by: anything,
  constraint: z.catch(z.optional(z.object({ field: text })), undefined),
});

/** Only what decides about an error, and who failed; the rest is not even kept. */
const metadataSchema = z.object({
  error_type: text,
  /** Display name, for instance `Amazon Bedrock`. */
  provider_name: text,
  provider_code: anything,
  provider_error_code: anything,
  raw: anything,
  limit_source: text,
  reason: text,
  retry_after_seconds: anything,
  headers: record,
  failed_routing_step: text,
  missing_attestation_types: z.catch(z.optional(z.array(z.unknown())), undefined),
  patterns: z.catch(z.optional(z.array(z.unknown())), undefined),
  reasons: z.catch(z.optional(z.array(z.unknown())), undefined),
  flagged_input: text,
});

const errorObjectSchema = z.object({
  code: z.catch(z.optional(z.union([z.number(), z.string()])), undefined),
  message: text,
  /** OpenAI's and Anthropic's word for the kind of error. */
  type: text,
  /** `ZodError` of a route's own validation, which has no code. */
  name: text,
  error_type: text,
  http_status: z.catch(z.optional(z.number()), undefined),
  availability: z.catch(z.optional(availabilitySchema), undefined),
  metadata: z.catch(z.optional(metadataSchema), undefined),
});

/**
 * Source: OpenRouter `errors-and-debugging`; `code` is documented as a number and was seen as a string. Local servers
 * send OpenAI's form, or only a text (Ollama).
 */
export const errorSchema = z.pipe(
  z.transform((value: unknown) => (typeof value === "string" ? { message: value } : value)),
  errorObjectSchema,
);

export type GatewayErrorBody = z.infer<typeof errorObjectSchema>;

const errorWord = z.literal("error");
const withError = z.object({ error: errorSchema });
const withChoiceError = z.object({ choices: z.tuple([withError], z.unknown()) });
/** vLLM and Mistral have the fields of the error at the top. */
const isBareError = z.union([
  z.object({ object: errorWord, message: z.string() }),
  z.object({ type: errorWord, message: z.string() }),
]);

/** The `error` of a whole body in any of the known shapes; `undefined` when there is none. Google wraps it in a list. */
export function findError(body: unknown): GatewayErrorBody | undefined {
  const whole: unknown = Array.isArray(body) ? body[0] : body;
  const { data } = withError.safeParse(whole);
  if (data !== undefined) return data.error;
  const inChoice = withChoiceError.safeParse(whole).data;
  if (inChoice !== undefined) return inChoice.choices[0].error;
  return isBareError.safeParse(whole).success ? errorObjectSchema.safeParse(whole).data : undefined;
}
