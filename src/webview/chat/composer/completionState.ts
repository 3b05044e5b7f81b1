import type { AttachmentKind, OfferedMentions } from "../../../protocol/composerMessages.ts";
import type { OfferedCommand } from "../../../protocol/slashChoices.ts";
import type { CompletionQuery } from "./completionAt.ts";

/** One line of the list. */
export interface CompletionItem {
  /** Unique in the list. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** What picking it does: write the command out, run it, or attach what is mentioned. */
  readonly does:
    | { readonly kind: "write-command"; readonly name: string }
    | { readonly kind: "run-command"; readonly name: OfferedCommand }
    | { readonly kind: "mention"; readonly of: AttachmentKind };
}

/** Best first, without those that do not fit. */
export type Rank = (items: readonly CompletionItem[], query: string) => readonly CompletionItem[];

/** The list under way. It is shown while it has items. */
export interface CompletionState {
  /** `undefined`: nothing that could be completed is being typed. */
  readonly query: CompletionQuery | undefined;
  readonly items: readonly CompletionItem[];
  /** The item that Enter picks. */
  readonly active: number;
  /** Of the last request to the host, so that answers to earlier ones are told apart. */
  readonly requestId: number;
  /** The person closed the list of what begins there, in UTF-16 code units. */
  readonly dismissedAt: number | undefined;
}

export const noCompletion: CompletionState = {
  query: undefined,
  items: [],
  active: 0,
  requestId: 0,
  dismissedAt: undefined,
};

/** After the text or the caret has changed. A new query of a mention has a new `requestId`, to be sent to the host. */
export function afterTyping(
  state: CompletionState,
  query: CompletionQuery | undefined,
  { commands, rank }: { readonly commands: readonly CompletionItem[]; readonly rank: Rank },
): CompletionState {
  if (query === undefined) return { ...noCompletion, requestId: state.requestId };
  if (state.query !== undefined && isSame(state.query, query)) return { ...state, query };
  if (state.dismissedAt === query.start) return { ...state, query };
  const fresh = { ...state, query, active: 0, dismissedAt: undefined };
  if (query.kind === "slash") return { ...fresh, items: rank(commands, query.text) };
  // Until the host has answered, what it offered before is narrowed, so that the list neither flickers nor offers the wrong.
  const known = state.query?.kind === "mention" ? state.items : [];
  return { ...fresh, items: rank(known, query.text), requestId: state.requestId + 1 };
}

/** After the host has answered. What it answers to an earlier query is dropped. */
export function afterOffer(state: CompletionState, { requestId, items }: OfferedMentions): CompletionState {
  const isAwaited = requestId === state.requestId && state.query?.kind === "mention" && state.dismissedAt === undefined;
  if (!isAwaited) return state;
  return { ...state, items: items.map(mentionItem), active: 0 };
}

function mentionItem({ kind, ...item }: OfferedMentions["items"][number]): CompletionItem {
  return { ...item, does: { kind: "mention", of: kind } };
}

/** After an arrow key; the ends of the list are joined. */
export function afterMove(state: CompletionState, step: 1 | -1): CompletionState {
  const count = state.items.length;
  return count === 0 ? state : { ...state, active: (state.active + step + count) % count };
}

/** After Escape: the list stays closed until something else is typed. */
export function afterDismissal(state: CompletionState): CompletionState {
  return { ...state, items: [], active: 0, dismissedAt: state.query?.start };
}

function isSame(one: CompletionQuery, other: CompletionQuery): boolean {
  return one.kind === other.kind && one.text === other.text && one.start === other.start;
}
