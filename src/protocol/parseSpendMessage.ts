import * as z from "zod/mini";
import { REPORT_PERIODS, isDay } from "../core/spend/reportPeriod.ts";
import { ROW_KINDS } from "../core/spend/spendRow.ts";
import { SPEND_DIMENSIONS } from "../core/spend/spendSums.ts";
import type { FromSpendView } from "./spendMessages.ts";

const MAX_VALUE_LENGTH = 4000;

const text = z.string().check(z.maxLength(MAX_VALUE_LENGTH));
const day = z.string().check(z.refine(isDay));
const dimension = z.enum(SPEND_DIMENSIONS);

const filter = z.strictObject({
  firstDay: day,
  lastDay: day,
  by: z.optional(z.strictObject({ dimension, value: text })),
  kind: z.optional(z.enum(ROW_KINDS)),
  sequence: z.optional(z.number().check(z.int(), z.nonnegative())),
});

const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("choose-period"), period: z.enum(REPORT_PERIODS) }),
  z.strictObject({ type: z.literal("choose-days"), firstDay: day, lastDay: day }),
  z.strictObject({ type: z.literal("choose-dimension"), dimension }),
  z.strictObject({ type: z.literal("show-rows"), filter }),
  z.strictObject({ type: z.literal("turn-page"), to: z.enum(["next", "previous"]) }),
  z.strictObject({ type: z.literal("export"), format: z.enum(["csv", "json"]) }),
  z.strictObject({ type: z.literal("forget") }),
  z.strictObject({ type: z.literal("solve-problem") }),
  z.strictObject({ type: z.literal("open-chat") }),
  z.strictObject({ type: z.literal("view-failed"), message: text }),
]);

/** The view is untrusted: anything that is not exactly one of its messages is `undefined`. */
export function parseSpendMessage(message: unknown): FromSpendView | undefined {
  const parsed = messageSchema.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}
