import * as z from "zod/mini";
import { CHAT_COMMANDS, IMAGE_TYPES, MAX_DROPPED_FILES, MAX_IMAGE_BYTES } from "./composerMessages.ts";

const MAX_TEXT_LENGTH = 2_000_000;
const MAX_NAME_LENGTH = 2_000;
/** A link to a deeply nested file with every character escaped. */
const MAX_URI_LENGTH = 12_000;
const MAX_QUERY_LENGTH = 200;
/** Base64 writes three bytes with four characters. */
const MAX_BASE64_LENGTH = Math.ceil(MAX_IMAGE_BYTES / 3) * 4;

const text = z.string().check(z.maxLength(MAX_TEXT_LENGTH));
const name = z.string().check(z.maxLength(MAX_NAME_LENGTH));
const uri = z.string().check(z.minLength(1), z.maxLength(MAX_URI_LENGTH));
const base64 = z.string().check(z.minLength(1), z.maxLength(MAX_BASE64_LENGTH), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));

/** What the composer may say. `parseChatMessage` holds it beside the rest of the view's messages. */
export const composerMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("complete-mention"),
    requestId: z.int().check(z.nonnegative()),
    query: z.string().check(z.maxLength(MAX_QUERY_LENGTH)),
  }),
  z.strictObject({ type: z.literal("add-mention"), id: name }),
  z.strictObject({
    type: z.literal("drop-files"),
    uris: z.array(uri).check(z.minLength(1), z.maxLength(MAX_DROPPED_FILES)),
  }),
  z.strictObject({ type: z.literal("paste-image"), name, mimeType: z.enum(IMAGE_TYPES), base64 }),
  z.strictObject({ type: z.literal("remove-attachment"), id: name }),
  z.strictObject({ type: z.literal("preview-attachment"), id: name }),
  z.strictObject({ type: z.literal("queue"), text }),
  z.strictObject({ type: z.literal("unqueue") }),
  z.strictObject({ type: z.literal("choose-model") }),
  z.strictObject({ type: z.literal("run-slash"), command: z.enum(CHAT_COMMANDS), rest: text }),
]);
