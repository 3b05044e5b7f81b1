import type { ConversationMessage } from "../core/conversation/conversationMessage.ts";
import type { RejectedAnswer } from "../core/routing/carryLesson.ts";
import type { PlaceholderReader } from "../core/secrets/placeholderReader.ts";
import type { SecretVault } from "../core/secrets/secretVault.ts";
import type { TaskType } from "../core/tasks/taskType.ts";

/** What leaves of a request, with placeholders for its secrets. */
export interface MaskedRequest {
  readonly messages: readonly ConversationMessage[];
  readonly rejected: RejectedAnswer | undefined;
  readonly masks: Masks;
}

/** What was masked of a request. */
export interface Masks {
  /** How many different secrets have placeholders in it. */
  readonly count: number;
  /** The answer keeps the placeholders. */
  readonly isPublished?: boolean;
  /** Puts the secrets of this request, and no others, back into a text of the answer. */
  readonly reader: () => PlaceholderReader | undefined;
}

/**
 * Tasks whose answer goes where others read it. A message of a commit that names a key would publish it, so it keeps the
 * placeholder.
 */
const PUBLISHED: ReadonlySet<TaskType> = new Set<TaskType>(["commit-message"]);

/** Of a request that leaves as it is. */
export const NO_MASKS: Masks = { count: 0, reader: () => undefined };

interface MaskableRequest extends Pick<MaskedRequest, "messages"> {
  readonly rejected?: RejectedAnswer | undefined;
  readonly taskType?: TaskType | undefined;
}

/** The one place where secrets are taken out of what leaves; without a vault the person wants all sent as it is. */
export function maskRequest(
  vault: SecretVault | undefined,
  { messages, rejected, taskType }: MaskableRequest,
): MaskedRequest {
  if (vault === undefined) return { messages, rejected, masks: NO_MASKS };
  const used = new Set<string>();
  const mask = (text: string) => {
    const masked = vault.mask(text);
    for (const placeholder of masked.placeholders) used.add(placeholder);
    return masked.text;
  };
  // A secret may be known only from a later message, so what stands before it is looked through once more.
  for (const { content } of messages) mask(content);
  used.clear();
  const masked = messages.map((message) => {
    const content = mask(message.content);
    return content === message.content ? message : { ...message, content };
  });
  const lesson = rejected === undefined ? undefined : { ...rejected, text: mask(rejected.text) };
  const placeholders = [...used];
  const isPublished = taskType !== undefined && PUBLISHED.has(taskType);
  return {
    messages: masked,
    rejected: lesson,
    masks: {
      count: placeholders.length,
      isPublished,
      reader: () => (placeholders.length === 0 || isPublished ? undefined : vault.reader(placeholders)),
    },
  };
}

/** For the waybill and "Why this model?". */
export function describeMasks({ count, isPublished = false }: Masks): readonly string[] {
  if (count === 0) return [];
  const secrets = count === 1 ? "1 secret was" : `${count} secrets were`;
  const then = isPublished
    ? "its placeholder stays, since others read it"
    : "what the answer says of it is put back here";
  return [`${secrets} masked before anything left; ${then}.`];
}
