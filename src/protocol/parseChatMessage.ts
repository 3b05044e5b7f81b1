import * as z from "zod/mini";
import { TASK_TYPES } from "../core/tasks/taskType.ts";
import { answerMessageSchema } from "./answerMessageSchema.ts";
import type { FromChatView } from "./chatMessages.ts";
import { compareMessageSchema } from "./parseCompareMessage.ts";
import { composerMessageSchema } from "./parseComposerMessage.ts";
import { pagingMessageSchema } from "./parsePagingMessage.ts";
import { treeMessageSchema } from "./parseTreeMessage.ts";

const MAX_TEXT_LENGTH = 2_000_000;
const MAX_NAME_LENGTH = 2_000;

const text = z.string().check(z.maxLength(MAX_TEXT_LENGTH));
const name = z.string().check(z.maxLength(MAX_NAME_LENGTH));

const actionId = z.enum([
  "enter-key",
  "try-again",
  "continue",
  "review-gateway",
  "test-connection",
  "set-budget",
  "send-anyway",
  "show-key-limits",
  "set-privacy",
  "allow-once",
  "raise-for-today",
  "ask-cheaper",
  "open-settings",
  "start-new-ledger",
  "new-chat",
  "show-log",
]);

const messageSchema = z.discriminatedUnion("type", [
  answerMessageSchema,
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("resync") }),
  z.strictObject({
    type: z.literal("send"),
    text,
    answer: z.exactOptional(z.enum(["send-anyway", "ask-cheaper"])),
  }),
  z.strictObject({ type: z.literal("stop") }),
  z.strictObject({ type: z.literal("new-chat") }),
  z.strictObject({ type: z.literal("draft-changed"), text }),
  z.strictObject({ type: z.literal("open-link"), href: name }),
  z.strictObject({ type: z.literal("copy-text"), text, messageId: z.exactOptional(name) }),
  z.strictObject({ type: z.literal("correct-task"), messageId: name, taskType: z.enum(TASK_TYPES) }),
  z.strictObject({ type: z.literal("try-stronger"), messageId: name }),
  z.strictObject({ type: z.literal("show-route"), messageId: name }),
  z.strictObject({ type: z.literal("run-action"), action: actionId, messageId: z.exactOptional(name) }),
  z.strictObject({ type: z.literal("view-failed"), message: name }),
  composerMessageSchema,
  treeMessageSchema,
  pagingMessageSchema,
  compareMessageSchema,
]);

/** The view is untrusted: anything that is not exactly one of its messages is `undefined`. */
export function parseChatMessage(message: unknown): FromChatView | undefined {
  const parsed = messageSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
