import * as z from "zod/mini";
import { EXPORT_FORMAT, EXPORT_VERSION } from "../../../core/chat/exportChat.ts";
import { titleFrom } from "../../../core/chat/titleText.ts";
import { toNanoUsd } from "../../../core/money/nanoUsd.ts";
import type { ComparedView } from "../../../protocol/compareMessages.ts";
import { toStoredDetails, writeStoredDetails } from "../../../protocol/storedDetails.ts";
import type { StoredChat, StoredMessage } from "../../../store/chatStore.ts";

/** Larger than any chat that a person leads. */
export const MOST_IMPORT_BYTES = 32_000_000;
const MOST_MESSAGES = 20_000;
const LONGEST_CHOICE = 4_000;

type ImportedChat = { readonly kind: "chat"; readonly chat: StoredChat } | Refusal;

/** `because` is half a sentence that follows `The file`. */
interface Refusal {
  readonly kind: "refused";
  readonly because: string;
}

const headSchema = z.object({ format: z.literal(EXPORT_FORMAT), version: z.number() });

const chatSchema = z.object({
  title: z.string(),
  titleSource: z.enum(["none", "auto", "person"]),
  tipId: z.optional(z.string()),
  choice: z.string().check(z.maxLength(LONGEST_CHOICE)),
  messages: z
    .array(
      z.object({
        id: z.string(),
        parentId: z.optional(z.string()),
        role: z.enum(["user", "assistant"]),
        text: z.string(),
        reasoning: z.string(),
        state: z.string(),
        details: z.unknown(),
      }),
    )
    .check(z.maxLength(MOST_MESSAGES)),
});

type FileMessage = z.infer<typeof chatSchema>["messages"][number];

/** Reads a file that `chatJson` wrote, into a chat with ids of its own: whatever is in the file, nothing is overwritten. */
export function readImportedChat(
  text: string,
  { workspace, newId }: { readonly workspace: string; readonly newId: () => string },
): ImportedChat {
  const value = parseJson(text);
  const head = headSchema.safeParse(value);
  if (!head.success) return refuse("is no chat that Waybill exported as JSON");
  if (head.data.version > EXPORT_VERSION) return refuse("was written by a newer version of Waybill");
  const parsed = chatSchema.safeParse(value);
  if (!parsed.success) return refuse("is an exported chat of which a part is missing or changed");
  const { title, titleSource, choice, tipId, messages } = parsed.data;
  const ordered = parentsFirst(messages);
  if (ordered === undefined) return refuse("has messages that do not follow each other");
  const ids = new Map(ordered.map(({ id }) => [id, newId()]));
  const tip = ids.get(tipId ?? "") ?? ids.get(ordered.at(-1)?.id ?? "");
  const chat: StoredChat = {
    id: newId(),
    workspace,
    title: titleFrom(title),
    titleSource: titleFrom(title) === "" ? "none" : titleSource,
    draft: "",
    ...(tip === undefined ? {} : { tipId: tip }),
    choice,
    messages: ordered.map((message) => toStored(message, ids)),
  };
  return { kind: "chat", chat };
}

function refuse(because: string): Refusal {
  return { kind: "refused", because };
}

function parseJson(text: string): unknown {
  try {
    // A byte order mark of an editor on the way.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** `undefined` where ids are double, or a message follows one that is not there or, in a ring, itself. */
function parentsFirst(messages: readonly FileMessage[]): readonly FileMessage[] | undefined {
  if (new Set(messages.map(({ id }) => id)).size < messages.length) return undefined;
  const children = Map.groupBy(messages, ({ parentId }) => parentId);
  const ordered = [...(children.get(undefined) ?? [])];
  // Grows while it is gone through.
  for (const { id } of ordered) ordered.push(...(children.get(id) ?? []));
  if (ordered.length < messages.length) return undefined;
  const isBefore = new Set<string>();
  const isSorted = messages.every(({ id, parentId }) => {
    isBefore.add(id);
    return parentId === undefined || isBefore.has(parentId);
  });
  return isSorted ? messages : ordered;
}

function toStored(message: FileMessage, ids: ReadonlyMap<string, string>): StoredMessage {
  const { id, parentId, role, text, reasoning, state, details } = message;
  const parent = parentId === undefined ? undefined : ids.get(parentId);
  return {
    id: ids.get(id) ?? id,
    ...(parent === undefined ? {} : { parentId: parent }),
    role,
    text,
    reasoning,
    // Nobody is writing it here.
    state: state === "waiting" || state === "streaming" ? "incomplete" : state,
    details: keptDetails(details),
  };
}

/** Turns and offers are of the ledger and the model list that they came from. */
function keptDetails(details: unknown): string {
  const { turnId: _turn, stronger: _offer, compared, ...kept } = toStoredDetails(details);
  return writeStoredDetails({ ...kept, ...(compared === undefined ? {} : { compared: withPlausibleCost(compared) }) });
}

/** No answer costs as much: it would be added to others, and money has a largest sum. */
const MOST_PAID = toNanoUsd(100_000_000_000);
const MOST_ATTEMPTS = 100;

/** What is said to have been paid and cannot have been is not known. */
function withPlausibleCost(compared: ComparedView): ComparedView {
  const { paid, ...rest } = compared;
  if (paid === undefined) return rest;
  const { attempts = [] } = paid;
  const isPlausible = attempts.length <= MOST_ATTEMPTS && [paid, ...attempts].every(({ cost }) => cost <= MOST_PAID);
  return isPlausible ? compared : rest;
}
