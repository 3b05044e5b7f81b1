import { readFile } from "node:fs/promises";
import { z } from "zod";

const outputSchema = z.object({
  bytes: z.int(),
  entryPoint: z.string().optional(),
  imports: z.array(z.object({ path: z.string(), kind: z.string(), external: z.boolean().optional() })),
});
const outputsSchema = z.record(z.string(), outputSchema);
const metafileSchema = z.object({
  extension: z.object({ outputs: outputsSchema }),
  webviews: z.object({ outputs: outputsSchema }),
});

/** The files of one bundle by their path, as esbuild's metafile tells them. */
export type BundleOutputs = z.infer<typeof outputsSchema>;

/** Reads what `esbuild.mjs` writes to out/metafile.json. */
export async function readBundleOutputs(path: string): Promise<{ extension: BundleOutputs; webviews: BundleOutputs }> {
  const { extension, webviews } = metafileSchema.parse(JSON.parse(await readFile(path, "utf8")));
  return { extension: extension.outputs, webviews: webviews.outputs };
}

/** The file made from an entry point or a dynamic import of this source, with all it imports statically. */
export function staticClosure(outputs: BundleOutputs, source: string): ReadonlySet<string> {
  const start = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === source);
  if (start === undefined) throw new Error(`The bundle has no file for ${source}.`);
  const closure = new Set([start]);
  // A set hands out what is added while it is walked.
  for (const path of closure) {
    for (const imported of outputs[path]?.imports ?? []) {
      if (imported.kind === "import-statement" && imported.external !== true) closure.add(imported.path);
    }
  }
  return closure;
}

export function bytesOf(outputs: BundleOutputs, paths: Iterable<string>): number {
  return [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
