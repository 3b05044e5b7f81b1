import * as z from "zod/mini";

/** An answer as the gateway gave it. */
export interface KeptAnswer {
  readonly body: unknown;
  readonly fetchedAtMs: number;
}

const schema = z.array(
  z.tuple([z.string(), z.object({ body: z.unknown(), fetchedAtMs: z.int().check(z.nonnegative()) })]),
);

/** The text of answers by path, for a file. */
export function keptEndpointsText(answers: Iterable<readonly [string, KeptAnswer]>): string {
  return JSON.stringify([...answers]);
}

/** Reads it again; nothing for a damaged one. */
export function readKeptEndpoints(text: string | undefined): readonly (readonly [string, KeptAnswer])[] {
  try {
    return schema.parse(JSON.parse(text ?? "[]"));
  } catch {
    return [];
  }
}
