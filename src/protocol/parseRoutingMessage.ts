import * as z from "zod/mini";
import { TASK_TYPES } from "../core/tasks/taskType.ts";
import { type FromRoutingView, RULE_NAMES } from "./routingMessages.ts";

const MAX_TEXT_LENGTH = 400_000;
const MAX_VALUE_LENGTH = 500;

const value = z.string().check(z.maxLength(MAX_VALUE_LENGTH));
const text = z.string().check(z.maxLength(MAX_TEXT_LENGTH));
const scope = z.enum(["all", "workspace", ...TASK_TYPES]);

const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("change-rule"), scope, rule: z.enum(RULE_NAMES), value }),
  z.strictObject({ type: z.literal("revert"), scope }),
  z.strictObject({ type: z.literal("dry-run"), text }),
  z.strictObject({ type: z.literal("keep-text"), text }),
  z.strictObject({ type: z.literal("show-now") }),
  z.strictObject({ type: z.literal("solve-problem") }),
  z.strictObject({ type: z.literal("open-settings"), where: z.enum(["user", "workspace"]) }),
  z.strictObject({ type: z.literal("view-failed"), message: value }),
]);

/** The view is untrusted: anything that is not exactly one of its messages is `undefined`. */
export function parseRoutingMessage(message: unknown): FromRoutingView | undefined {
  const parsed = messageSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
