import { z } from "zod";

const MAX_DEPTH = 6;
const node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** The smallest value that fits a JSON schema, as far as types and enums go. */
export function sampleFromSchema(schema: unknown, depth = 0): unknown {
  const parsed = node.safeParse(schema);
  if (!parsed.success || depth > MAX_DEPTH) return null;
  const { enum: choices, const: constant, anyOf, type, properties, items } = parsed.data;
  if (constant !== undefined) return constant;
  if (choices !== undefined) return choices[0] ?? null;
  if (anyOf !== undefined) return sampleFromSchema(anyOf[0], depth + 1);
  switch (Array.isArray(type) ? type[0] : type) {
    case "string":
      return "example";
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    case "array":
      return items === undefined ? [] : [sampleFromSchema(items, depth + 1)];
    case "null":
      return null;
    default:
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([name, value]) => [name, sampleFromSchema(value, depth + 1)]),
      );
  }
}
