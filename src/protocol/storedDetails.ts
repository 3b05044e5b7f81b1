import * as z from "zod/mini";
import { type AnswerSource, withSource } from "../core/conversation/answerSources.ts";
import { TASK_TYPES, type TaskType } from "../core/tasks/taskType.ts";
import { toNanoUsd } from "../core/money/nanoUsd.ts";
import { COST_SOURCES } from "../core/waybill/costSource.ts";
import type { ComparedView } from "./compareMessages.ts";
import type { AnswerRelation, SourceView, StrongerView, WaybillView } from "./chatMessages.ts";
import { ATTACHMENT_KINDS, type AttachmentView, IMAGE_TYPES } from "./composerMessages.ts";

const imageSchema = z.object({
  mimeType: z.enum(IMAGE_TYPES),
  base64: z.string(),
  width: z.number(),
  height: z.number(),
});

/** Messages of older versions hold selections only, and those have no id. */
const attachmentSchema = z.pipe(
  z.object({
    id: z.exactOptional(z.string()),
    kind: z._default(z.enum(ATTACHMENT_KINDS), "selection"),
    label: z.string(),
    languageId: z.string(),
    text: z.string(),
    tokens: z.exactOptional(z.string()),
    note: z.exactOptional(z.string()),
    image: z.exactOptional(imageSchema),
  }),
  z.transform((stored) => ({ ...stored, id: stored.id ?? stored.label })),
);

const waybillSchema = z.object({
  model: z.string(),
  provider: z.exactOptional(z.string()),
  cost: z.string(),
  costSource: z.enum(["billed", "reconciled", "estimated", "unknown"]),
  tokens: z.string(),
  time: z.string(),
  alarm: z.exactOptional(z.string()),
  rows: z.array(z.object({ label: z.string(), value: z.string() })),
  reasons: z.array(z.string()),
});

const strongerSchema = z.object({ than: z.string(), next: z.string(), label: z.string(), title: z.string() });

const paidFields = {
  cost: z.pipe(
    z.int().check(z.nonnegative()),
    z.transform((cost: number) => toNanoUsd(cost)),
  ),
  source: z.enum(COST_SOURCES),
};

const paidSchema = z.object({
  ...paidFields,
  attempts: z.exactOptional(z.array(z.object({ ...paidFields, generationId: z.exactOptional(z.string()) }))),
});

const comparedSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answer"),
    modelId: z.string(),
    name: z.string(),
    paid: z.exactOptional(paidSchema),
  }),
  z.object({ kind: z.literal("summary"), paid: z.exactOptional(paidSchema) }),
]);

/** A file that is imported may hold anything, so they are read like those of a stream. */
const sourcesSchema = z.pipe(
  z.array(z.object({ url: z.string(), title: z.string() })),
  z.transform((stored) => stored.reduce<readonly AnswerSource[]>(withSource, [])),
);

const problemSchema = z.object({ sentence: z.string() });

const detailsSchema = z.object({
  attachments: z.exactOptional(z.array(attachmentSchema)),
  sources: z.exactOptional(sourcesSchema),
  waybill: z.exactOptional(waybillSchema),
  problem: z.exactOptional(problemSchema),
  stronger: z.exactOptional(strongerSchema),
  relation: z.exactOptional(z.enum(["continues", "replaces"])),
  turnId: z.exactOptional(z.string()),
  correctedTask: z.exactOptional(z.enum(TASK_TYPES)),
  note: z.exactOptional(z.string()),
  route: z.exactOptional(z.string()),
  condenses: z.exactOptional(z.int().check(z.positive())),
  compared: z.exactOptional(comparedSchema),
});

/** What a stored message holds besides its text. A stored problem has no button: its moment has passed. */
export interface StoredDetails {
  readonly attachments?: readonly AttachmentView[];
  readonly sources?: readonly SourceView[];
  readonly waybill?: WaybillView;
  readonly problem?: { readonly sentence: string };
  readonly stronger?: StrongerView;
  readonly relation?: AnswerRelation;
  readonly turnId?: string;
  readonly correctedTask?: TaskType;
  readonly note?: string;
  readonly route?: string;
  readonly condenses?: number;
  readonly compared?: ComparedView;
}

export function writeStoredDetails(details: StoredDetails): string {
  return JSON.stringify(details);
}

/** Text that is not understood (an older or newer version wrote it) holds no details. */
export function readStoredDetails(text: string): StoredDetails {
  try {
    return toStoredDetails(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The same of what is no text any more. Whatever else it holds, however deep, is left out. */
export function toStoredDetails(value: unknown): StoredDetails {
  const parsed = detailsSchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}
