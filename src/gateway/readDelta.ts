import * as z from "zod/mini";
import type { ChatDelta } from "./chatChunkSchema.ts";
import type { Citation } from "./chatEvent.ts";

const text = z.catch(z.nullish(z.string()), undefined);
const position = z.catch(z.nullish(z.int()), undefined);
const address = z.string().check(z.minLength(1));

const imageSchema = z.looseObject({ image_url: z.looseObject({ url: address }) });
const citationSchema = z.looseObject({
  url_citation: z.looseObject({ url: address, title: text, content: text, start_index: position, end_index: position }),
});
const thoughtSchema = z.looseObject({ text, summary: text });

/** Addresses of the images in a delta. */
export function imagesOf({ images }: ChatDelta): readonly string[] {
  return readItems(images, imageSchema).map(({ image_url: { url } }) => url);
}

/** Citations of web pages in a delta; other annotations, such as of parsed files, are left out. */
export function citationsOf({ annotations }: ChatDelta): readonly Citation[] {
  return readItems(annotations, citationSchema).map(({ url_citation: citation }) => ({
    url: citation.url,
    title: citation.title ?? undefined,
    quote: citation.content ?? undefined,
    startIndex: citation.start_index ?? undefined,
    endIndex: citation.end_index ?? undefined,
  }));
}

/** The readable text of `reasoning_details`, for a gateway that sends nothing else. */
export function thoughtIn({ reasoning_details: details }: ChatDelta): string {
  return readItems(details, thoughtSchema)
    .map((thought) => thought.text ?? thought.summary ?? "")
    .join("");
}

function readItems<Item>(items: readonly unknown[] | null | undefined, schema: z.ZodMiniType<Item>): readonly Item[] {
  return (items ?? []).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
