import * as z from "zod/mini";

const MAX_TEXT_LENGTH = 2_000_000;
const MAX_NAME_LENGTH = 2_000;

const text = z.string().check(z.maxLength(MAX_TEXT_LENGTH));
const messageId = z.string().check(z.maxLength(MAX_NAME_LENGTH));

/** What the view may say of the tree. `parseChatMessage` holds it beside the rest of the view's messages. */
export const treeMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("edit-question"), messageId, text }),
  z.strictObject({ type: z.literal("regenerate"), messageId, how: z.enum(["same", "choose"]) }),
  z.strictObject({ type: z.literal("show-sibling"), messageId, offset: z.union([z.literal(-1), z.literal(1)]) }),
  z.strictObject({ type: z.literal("delete-message"), messageId }),
  z.strictObject({ type: z.literal("rename-chat") }),
  z.strictObject({ type: z.literal("show-chats") }),
]);
