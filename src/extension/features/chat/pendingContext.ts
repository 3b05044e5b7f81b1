import type { FittedItem } from "../../../core/context/contextItem.ts";
import type { CodeContext } from "../../../core/conversation/conversationMessage.ts";
import { hiddenPlaces } from "../../../core/text/visibleSigns.ts";
import type { AttachmentView } from "../../../protocol/composerMessages.ts";
import { attachmentOf, withoutPicture } from "./attachmentOf.ts";
import type { LeftOut } from "./mentions/leftOut.ts";
import type { NearbyKind } from "./mentions/nearbyWatch.ts";
import type { PendingItem } from "./mentions/pendingItem.ts";
import { returnedItem, selectionItem } from "./mentions/selectionItem.ts";

/** So many things can be mentioned in one question. */
const MOST_MENTIONS = 50;
/** Of the signs in one of them that cannot be seen. */
const MOST_COUNTED = 1_000;

interface PendingPorts {
  /** What is selected in the editor; without text where that does not leave this machine. */
  readonly selected: () => CodeContext | undefined;
  /** The chat that the view shows. */
  readonly chatId: () => string;
  /** Instructions that were taken off, with the chat they were taken off in. */
  readonly leftOut: Pick<LeftOut, "has" | "add">;
  /** A text as it leaves, and how many secrets were masked in it. */
  readonly mask?: (text: string) => { readonly text: string; readonly count: number };
}

/** What was found out about an item beside its text. */
interface Weight {
  readonly fitted: Pick<FittedItem, "text" | "note">;
  /** For instance `1.2k tokens · ≤ $0.0004`; absent where no model is known. */
  readonly tokens?: string;
}

/**
 * What goes along with the next question: the project's instructions with every one, mentions until they are sent or taken
 * off, the selection as it follows the editor, and with it what it uses. What it shows is what is sent.
 */
export class PendingContext {
  readonly #ports: PendingPorts;
  #instructions: readonly PendingItem[] = [];
  #mentions: readonly PendingItem[] = [];
  /** The code that was sent already or taken off the question; it stays off until something else is selected. */
  #dismissed: string | undefined;
  /** The last selection, so that the same one is the same item. */
  #selection: { readonly code: string; readonly item: PendingItem } | undefined;
  /** What the selection uses, or the definition around the cursor, as far as it was found. */
  #nearby: { readonly item: PendingItem; readonly base: NearbyKind } | undefined;
  /** What went along beside a cursor; in the same chat it does not do so twice. */
  #sentNearby: string | undefined;
  /** The whole text until it is known what fits. */
  readonly #weights = new WeakMap<PendingItem, Weight>();
  /** What the view was last told, to tell it only what changed. */
  #told: readonly AttachmentView[] = [];

  constructor(ports: PendingPorts) {
    this.#ports = ports;
  }

  /** Everything, whole, in the order it is sent in. */
  items(): readonly PendingItem[] {
    const isWanted = ({ id }: PendingItem) => !this.isLeftOut(id);
    const selected = this.#selected();
    const nearby = this.#nearbyBeside(selected);
    return [...this.#instructions.filter(isWanted), ...this.#mentions, ...selected, ...nearby.filter(isWanted)];
  }

  /** Taken off in the chat that is shown, whoever would add it. */
  isLeftOut(id: string): boolean {
    return this.#ports.leftOut.has(this.#inThisChat(id));
  }

  /** What is sent, as far as it fits. */
  code(): readonly CodeContext[] {
    return this.items()
      .map((item) => this.#codeOf(item))
      .filter(({ text }) => text !== "");
  }

  views(): readonly AttachmentView[] {
    return this.items().map((item) => {
      const { tokens } = this.#weightOf(item);
      const { text, count } = this.#maskedOf(item);
      const remarks = [tokens, describeMasked(count), describeHidden(text)];
      const said = remarks.filter((each) => each !== undefined).join(" · ");
      return { ...withoutPicture(attachmentOf(this.#codeOf(item))), ...(said === "" ? {} : { tokens: said }) };
    });
  }

  /** One of them as it would be sent. */
  find(id: string): CodeContext | undefined {
    const item = this.items().find((each) => each.id === id);
    return item === undefined ? undefined : this.#codeOf(item);
  }

  /** What goes along with questions of commands, too. */
  instructions(): readonly CodeContext[] {
    return this.code().filter(({ kind }) => kind === "instructions");
  }

  get hasMentions(): boolean {
    return this.#mentions.length > 0;
  }

  /** It was sent with a question and is part of the conversation now. What was added since then stays. */
  noteSent(code: readonly CodeContext[]): void {
    const sent = new Set(code.map(({ id }) => id));
    this.#mentions = this.#mentions.filter(({ id }) => !sent.has(id));
    if (this.#selected().some(({ id }) => sent.has(id))) this.dismissSelection();
    if (this.#nearby?.base === "cursor" && sent.has(this.#nearby.item.id)) this.#sentNearby = this.#nearbyIdentity();
  }

  /** A command asks about it in its own way. */
  dismissSelection(): void {
    if (this.#selected().length > 0) this.#dismissed = this.#selection?.code;
  }

  /** `false` where there are too many. The same thing once more is taken as it is now. */
  add(item: PendingItem): boolean {
    const others = this.#mentions.filter(({ id }) => id !== item.id);
    if (others.length >= MOST_MENTIONS) return false;
    this.#mentions = [...others, item];
    return true;
  }

  /** What went along with a question that was not asked after all. Instructions go along by themselves. */
  giveBack(code: readonly CodeContext[]): void {
    const selected = this.#ports.selected();
    const live = selected === undefined ? undefined : { ...selected, text: this.#mask(selected.text).text };
    for (const each of code) {
      if (each.kind === "instructions") continue;
      if (each.kind === "nearby" && this.#comesByItself(each)) continue;
      if (live !== undefined && codeIdentity(live) === codeIdentity(each)) this.#dismissed = undefined;
      else this.add(returnedItem(each));
    }
  }

  remove(id: string): void {
    const isByItself = this.#nearby?.item.id === id || this.#instructions.some((item) => item.id === id);
    if (isByItself) this.#ports.leftOut.add(this.#inThisChat(id));
    else if (this.#selection?.item.id === id) this.dismissSelection();
    else this.#mentions = this.#mentions.filter((item) => item.id !== id);
  }

  setInstructions(items: readonly PendingItem[]): void {
    const known = new Map(this.#instructions.map((item) => [identify(item), item]));
    this.#instructions = items.map((item) => known.get(identify(item)) ?? item);
  }

  /** The same once more stays what it is, with what is known of it. */
  setNearby(item: PendingItem | undefined, base: NearbyKind = "selection"): void {
    const before = this.#nearby?.item;
    const isSame = item !== undefined && before !== undefined && identify(item) === identify(before);
    this.#nearby = item === undefined ? undefined : { item: isSame ? before : item, base };
  }

  weigh(item: PendingItem, weight: Weight): void {
    this.#weights.set(item, weight);
  }

  /** For a snapshot, which tells everything. */
  tellAll(): readonly AttachmentView[] {
    const views = this.views();
    this.#told = views;
    return views;
  }

  /** `undefined` when the view knows already. */
  tellChange(): readonly AttachmentView[] | undefined {
    const told = this.#told;
    const views = this.tellAll();
    const isSame = views.length === told.length && views.every((view, place) => isSameView(view, told[place]));
    return isSame ? undefined : views;
  }

  #codeOf(item: PendingItem): CodeContext {
    return fittedCode(item, this.#maskedOf(item).text, this.#weightOf(item).fitted.note);
  }

  /** What fits of an item, with placeholders for its secrets. */
  #maskedOf(item: PendingItem): { readonly text: string; readonly count: number } {
    return this.#mask(this.#weightOf(item).fitted.text);
  }

  #mask(text: string): { readonly text: string; readonly count: number } {
    return this.#ports.mask?.(text) ?? { text, count: 0 };
  }

  #weightOf(item: PendingItem): Weight {
    const weight = this.#weights.get(item) ?? { fitted: { text: item.parts.join("") } };
    this.#weights.set(item, weight);
    return weight;
  }

  #selected(): readonly PendingItem[] {
    const code = this.#ports.selected();
    if (code === undefined) return [];
    const identity = codeIdentity(code);
    if (identity === this.#dismissed) return [];
    if (this.#selection?.code !== identity) this.#selection = { code: identity, item: selectionItem(code) };
    return [this.#selection.item];
  }

  /** What belongs to a selection shows with it only, what belongs to a cursor where nothing is selected. */
  #nearbyBeside(selected: readonly PendingItem[]): readonly PendingItem[] {
    if (this.#nearby === undefined) return [];
    const { item, base } = this.#nearby;
    if (base === "selection") return selected.length === 0 ? [] : [item];
    const isSent = this.#sentNearby === this.#nearbyIdentity();
    return this.#ports.selected() !== undefined || isSent ? [] : [item];
  }

  /** It was sent and is not now, and the same would go along again. */
  #comesByItself({ text }: CodeContext): boolean {
    this.#sentNearby = undefined;
    return this.#nearbyBeside(this.#selected()).some((item) => this.#codeOf(item).text === text);
  }

  #nearbyIdentity(): string | undefined {
    return this.#nearby === undefined ? undefined : this.#inThisChat(identify(this.#nearby.item));
  }

  #inThisChat(id: string): string {
    return `${this.#ports.chatId()} ${id}`;
  }
}

function describeMasked(count: number): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? "1 secret masked" : `${count} secrets masked`;
}

/** The editor marks them in the preview. */
function describeHidden(text: string): string | undefined {
  let count = 0;
  const places = hiddenPlaces(text);
  while (count < MOST_COUNTED && places.next().done !== true) count += 1;
  if (count === 0) return undefined;
  return count === 1 ? "1 hidden sign" : `${count < MOST_COUNTED ? count : `${count} or more`} hidden signs`;
}

/** As much of an item as fits, as it is sent. */
export function fittedCode(item: PendingItem, text: string, note: string | undefined): CodeContext {
  const { id, kind, label, languageId, diagnostics, remark, image } = item;
  const notes = [remark, note].filter((each) => each !== undefined);
  const code = { id, kind, label, languageId, text, diagnostics, ...(image === undefined ? {} : { image }) };
  return notes.length === 0 ? code : { ...code, note: notes.join("; ") };
}

/** Of what is left out, the reason. */
function codeIdentity({ label, text, note = "" }: CodeContext): string {
  return `${label} ${text === "" ? note : text}`;
}

/** Texts that were not made anew compare at once. */
function isSameView(one: AttachmentView, other: AttachmentView | undefined): boolean {
  return one.id === other?.id && one.text === other.text && one.note === other.note && one.tokens === other.tokens;
}

function identify({ id, parts, remark = "" }: PendingItem): string {
  return `${id} ${remark} ${parts.join("")}`;
}
