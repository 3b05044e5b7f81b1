import * as z from "zod/mini";
import { CODE_ACTIONS, MAX_NAME_CANDIDATES } from "./answerMessages.ts";
import { LONGEST_PATH_MENTION } from "./pathMention.ts";
import { LONGEST_SYMBOL_MENTION } from "./symbolMention.ts";

const MAX_CODE_LENGTH = 2_000_000;
const MAX_NAME_LENGTH = 200;

const name = z.string().check(z.maxLength(MAX_NAME_LENGTH));
const path = z.string().check(z.maxLength(LONGEST_PATH_MENTION));

/** The messages of `FromAnswer`, and nothing else. */
export const answerMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("code-action"),
    action: z.enum(CODE_ACTIONS),
    messageId: name,
    code: z.string().check(z.maxLength(MAX_CODE_LENGTH)),
    languageId: name,
  }),
  z.strictObject({
    type: z.literal("resolve-names"),
    requestId: z.int().check(z.nonnegative()),
    messageId: name,
    candidates: z.array(path).check(z.maxLength(MAX_NAME_CANDIDATES)),
  }),
  z.strictObject({ type: z.literal("count-files"), messageId: name }),
  z.strictObject({ type: z.literal("apply-answer"), messageId: name }),
  z.strictObject({ type: z.literal("open-path"), path }),
  z.strictObject({
    type: z.literal("open-symbol"),
    name: z.string().check(z.maxLength(LONGEST_SYMBOL_MENTION)),
  }),
]);
