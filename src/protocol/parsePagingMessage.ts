import * as z from "zod/mini";
import { MAX_PAGE_LENGTH } from "./pagingMessages.ts";

const MAX_NAME_LENGTH = 2_000;

/** What the view may say of pages. `parseChatMessage` holds it beside the rest of the view's messages. */
export const pagingMessageSchema = z.strictObject({
  type: z.literal("load-earlier"),
  beforeId: z.string().check(z.maxLength(MAX_NAME_LENGTH)),
  count: z.int().check(z.gte(1), z.lte(MAX_PAGE_LENGTH)),
});
