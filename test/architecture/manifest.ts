import { readFileSync } from "node:fs";
import * as z from "zod";

/** What a value may be, inside a setting. */
const valueSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  items: z.object({ type: z.string(), enum: z.array(z.string()).optional() }).optional(),
});

const manifestSchema = z.object({
  engines: z.object({ vscode: z.string() }),
  capabilities: z.object({
    untrustedWorkspaces: z.object({ supported: z.string(), restrictedConfigurations: z.array(z.string()) }),
  }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.string() })),
    views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    menus: z.record(z.string(), z.array(z.object({ command: z.string(), when: z.string() }))),
    configuration: z.object({
      properties: z.record(
        z.string(),
        z.object({
          scope: z.string(),
          default: z.unknown(),
          enum: z.array(z.string()).optional(),
          enumDescriptions: z.array(z.string()).optional(),
          minimum: z.number().optional(),
          maximum: z.number().optional(),
          properties: z.record(z.string(), valueSchema).optional(),
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
