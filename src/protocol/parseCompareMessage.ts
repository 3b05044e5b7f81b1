import * as z from "zod/mini";

const MAX_NAME_LENGTH = 2_000;

const messageId = z.string().check(z.maxLength(MAX_NAME_LENGTH));

/** What the view may say of a comparison. `parseChatMessage` holds it beside the rest of the view's messages. */
export const compareMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("use-answer"), messageId }),
  z.strictObject({ type: z.literal("summarise-answers") }),
  z.strictObject({ type: z.literal("show-comparison"), messageId }),
]);
