import { pathTo } from "../../../core/chat/chatTree.ts";
import type { AnswerView, MessageView } from "../../../protocol/chatMessages.ts";
import { toStoredMessage } from "./chatRecords.ts";

/** What other windows did to a chat. */
export interface TreeNews {
  /** Everything that is there now. */
  readonly messages: Map<string, MessageView>;
  /** Answers that only became longer. */
  readonly grown: readonly GrownAnswer[];
  /** What was added or is otherwise now. */
  readonly changed: ReadonlySet<string>;
}

export interface GrownAnswer {
  readonly id: string;
  readonly text: string;
  readonly reasoning: string;
}

/**
 * Compares what a window has of a chat with what is stored. What the window wrote or took out itself (`isOurs`) it knows better
 * than the store. What it only read and is no longer there was taken out elsewhere, and stays where something of ours follows it.
 * `undefined` where there is nothing new.
 */
export function newsOf(
  mine: ReadonlyMap<string, MessageView>,
  stored: readonly MessageView[],
  isOurs: (id: string) => boolean,
): TreeNews | undefined {
  const messages = new Map<string, MessageView>();
  const grown: GrownAnswer[] = [];
  const changed = new Set<string>();
  for (const theirs of stored) {
    const { id } = theirs;
    const known = mine.get(id);
    if (isOurs(id) || (known !== undefined && isSame(known, theirs))) {
      if (known !== undefined) messages.set(id, known);
      continue;
    }
    const growth = growthOf(known, theirs);
    if (growth === undefined) changed.add(id);
    else grown.push(growth);
    messages.set(id, theirs);
  }
  const kept = new Set(keptBeside(mine, messages, isOurs));
  for (const [id, message] of mine) if (kept.has(id)) messages.set(id, message);
  const isNew = changed.size > 0 || grown.length > 0 || messages.size !== mine.size;
  return isNew ? { messages, grown, changed } : undefined;
}

/** Our own messages that the store lacks, with all that lead to them. */
function keptBeside(
  mine: ReadonlyMap<string, MessageView>,
  messages: ReadonlyMap<string, MessageView>,
  isOurs: (id: string) => boolean,
): readonly string[] {
  const all = [...mine.values()];
  if (all.every(({ id }) => messages.has(id))) return [];
  return all.filter(({ id }) => isOurs(id)).flatMap(({ id }) => pathTo(all, id).map((message) => message.id));
}

/** Questions are never changed but in their place. */
function isSame(one: MessageView, other: MessageView): boolean {
  if (one.role === "user" || other.role === "user") return one.role === other.role && one.parentId === other.parentId;
  return one.isElsewhere === other.isElsewhere && identity(one) === identity(other);
}

/** What an answer that another window is still writing has become longer by; `undefined` where anything else has changed. */
export function growthOf(known: MessageView | undefined, theirs: MessageView): GrownAnswer | undefined {
  if (known?.role !== "assistant" || theirs.role !== "assistant" || theirs.isElsewhere !== true) return undefined;
  const { id, text, reasoning } = theirs;
  if (!text.startsWith(known.text) || !reasoning.startsWith(known.reasoning)) return undefined;
  if (!isSame({ ...known, text, reasoning }, theirs)) return undefined;
  return { id, text: text.slice(known.text.length), reasoning: reasoning.slice(known.reasoning.length) };
}

function identity(answer: AnswerView): string {
  return JSON.stringify(toStoredMessage(answer));
}
