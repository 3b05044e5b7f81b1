import type { ValueSchema } from "./manifest.ts";

/** Whether the editor takes a value for a setting without a squiggle. Knows the keywords that the manifest uses. */
export function acceptsValue(schema: ValueSchema, value: unknown): boolean {
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) return false;
  if (schema.enum?.every((choice) => choice !== value) === true) return false;
  if (schema.anyOf?.every((choice) => !acceptsValue(choice, value)) === true) return false;
  if (typeof value === "number") return isInRange(schema, value);
  if (typeof value === "string") return new RegExp(schema.pattern ?? "").test(value);
  if (Array.isArray(value)) return value.every((item) => acceptsValue(schema.items ?? {}, item));
  return typeof value !== "object" || value === null || acceptsProperties(schema, value);
}

function isInRange({ minimum, maximum, exclusiveMinimum }: ValueSchema, value: number): boolean {
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity) && value > (exclusiveMinimum ?? -Infinity);
}

function acceptsProperties(schema: ValueSchema, value: object): boolean {
  const { properties = {}, additionalProperties = {}, propertyNames, minProperties = 0 } = schema;
  const entries = Object.entries(value);
  return (
    entries.length >= minProperties &&
    entries.every(([name, item]) => {
      if (propertyNames?.enum.includes(name) === false) return false;
      const property = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return property !== false && acceptsValue(property ?? {}, item);
    })
  );
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
