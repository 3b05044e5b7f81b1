import { readFileSync } from "node:fs";
import * as z from "zod";

/** What a value may be: the part of JSON Schema that the settings use, and nothing else of it. */
const valueKeywords = {
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.union([z.string(), z.literal(true), z.null()])).optional(),
  enumDescriptions: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  pattern: z.string().optional(),
  minProperties: z.number().optional(),
  propertyNames: z.strictObject({ enum: z.array(z.string()) }).optional(),
  markdownDescription: z.string().optional(),
  get items() {
    return valueSchema.optional();
  },
  get properties() {
    return z.record(z.string(), valueSchema).optional();
  },
  get additionalProperties() {
    return z.union([z.literal(false), valueSchema]).optional();
  },
  get anyOf() {
    return z.array(valueSchema).optional();
  },
};

const valueSchema = z.strictObject(valueKeywords);

export type ValueSchema = z.infer<typeof valueSchema>;

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  engines: z.object({ vscode: z.string() }),
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.string(), restrictedConfigurations: z.array(z.string()) }),
  }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string() })),
    views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    submenus: z.array(z.object({ id: z.string(), label: z.string() })),
    menus: z.record(
      z.string(),
      z.array(z.object({ command: z.string().optional(), submenu: z.string().optional(), when: z.string() })),
    ),
    configuration: z.object({
      properties: z.record(
        z.string(),
        valueSchema.extend({
          scope: z.string(),
          order: z.number(),
          default: z.unknown(),
          markdownDescription: z.string(),
        }),
      ),
    }),
    walkthroughs: z.array(
      z.object({ steps: z.array(z.object({ description: z.string(), media: z.object({ markdown: z.string() }) })) }),
    ),
  }),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
  dependencies: z.optional(z.never()),
});

/** The parts of `package.json` that code depends on. */
export function readManifest(): z.infer<typeof manifestSchema> {
  const path = new URL("../../package.json", import.meta.url);
  return manifestSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}
