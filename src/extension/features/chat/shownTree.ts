import { newestTipBelow, pathTo, siblingPlaces, siblingsOf, subtreeOf } from "../../../core/chat/chatTree.ts";
import { withoutPicture } from "./attachmentOf.ts";
import type { AnswerView, ChatChange, MessageView } from "../../../protocol/chatMessages.ts";
import { PAGE_LENGTH } from "../../../protocol/pagingMessages.ts";
import { type GrownAnswer, growthOf, newsOf } from "./treeNews.ts";

/** What a tree tells of its changes. Failing is the ports' business; the tree goes on. */
export interface TreePorts {
  /** Tells the view one change. */
  readonly emit: (change: ChatChange) => unknown;
  readonly save: (message: MessageView) => void;
  readonly remove: (messageIds: readonly string[]) => void;
  readonly saveTip: (tipId: string | undefined) => void;
}

export type AnswerFields = Omit<Extract<ChatChange, { kind: "answer-changed" }>, "kind" | "messageId">;

/** The messages of one chat, and the branch of them that is shown. Tells the view what changes in that branch, and nothing else. */
export class ShownTree {
  readonly #ports: TreePorts;
  /** In the order in which they were made. */
  #messages: Map<string, MessageView>;
  #shown: readonly string[];
  /** What this window has written or taken out since the chat was read, and knows better than the store. */
  readonly #ours = new Set<string>();

  constructor(messages: readonly MessageView[], tipId: string | undefined, ports: TreePorts) {
    this.#ports = ports;
    this.#messages = new Map(messages.map((message) => [message.id, message]));
    const tip = tipId !== undefined && this.#messages.has(tipId) ? tipId : messages.at(-1)?.id;
    this.#shown = this.#idsTo(tip);
  }

  get tip(): MessageView | undefined {
    return this.find(this.#shown.at(-1));
  }

  /** The shown branch, without what siblings its messages have. */
  get path(): readonly MessageView[] {
    return this.#shown.flatMap((id) => this.find(id) ?? []);
  }

  /** How many messages the shown branch has. */
  get length(): number {
    return this.#shown.length;
  }

  /** The shown branch as the view gets it. */
  get view(): readonly MessageView[] {
    return this.viewOf(0);
  }

  /** A part of the shown branch as the view gets it, by places in the branch. */
  viewOf(start: number, end?: number): readonly MessageView[] {
    const places = siblingPlaces(this.#all());
    return this.#shown.slice(start, end).flatMap((id) => {
      const message = asShown(this.find(id));
      const siblings = places.get(id);
      if (message === undefined) return [];
      return [siblings === undefined || siblings.count < 2 ? message : { ...message, siblings }];
    });
  }

  /** The place of a message in the shown branch; -1 where it is not in it. */
  placeOf(id: string): number {
    return this.#shown.indexOf(id);
  }

  find(id: string | undefined): MessageView | undefined {
    return id === undefined ? undefined : this.#messages.get(id);
  }

  answer(id: string): AnswerView | undefined {
    const message = this.find(id);
    return message?.role === "assistant" ? message : undefined;
  }

  isShown(id: string): boolean {
    return this.#shown.includes(id);
  }

  /** The messages from the first one to this one. */
  pathTo(id: string | undefined): readonly MessageView[] {
    return pathTo(this.#all(), id);
  }

  /** What follows it directly. */
  followers(id: string): readonly string[] {
    return this.#all().flatMap((message) => (message.parentId === id ? [message.id] : []));
  }

  isFollowed(id: string): boolean {
    return this.followers(id).length > 0;
  }

  siblings(id: string): readonly MessageView[] {
    return siblingsOf(this.#all(), id);
  }

  /** Another window is writing below this message, or the message itself. */
  isWrittenElsewhere(id: string): boolean {
    return subtreeOf(this.#all(), id).some(isElsewhere);
  }

  /** The answers in this chat that other windows are writing. */
  get elsewhereIds(): readonly string[] {
    return this.answers().flatMap((answer) => (isElsewhere(answer) ? [answer.id] : []));
  }

  /** Another window is writing what the next question would follow. */
  get awaitsOther(): boolean {
    const tipId = this.#shown.at(-1);
    return this.path.some(isElsewhere) || this.answers().some((each) => each.parentId === tipId && isElsewhere(each));
  }

  /**
   * Takes over what other windows wrote meanwhile. `follow`: where the shown branch goes on now, it is shown to its end.
   */
  takeNews(stored: readonly MessageView[], follow: boolean): void {
    const places = siblingPlaces(this.#all());
    const news = newsOf(this.#messages, stored, (id) => this.#ours.has(id));
    if (news === undefined) return;
    const tipId = this.#shown.findLast((id) => news.messages.has(id));
    const wasEnd = tipId !== undefined && tipId === this.tip?.id && !this.isFollowed(tipId);
    for (const grown of news.grown) this.#grow(grown);
    this.#messages = news.messages;
    const placesNow = siblingPlaces(this.#all());
    const isOther = (id: string) =>
      news.changed.has(id) ||
      places.get(id)?.index !== placesNow.get(id)?.index ||
      places.get(id)?.count !== placesNow.get(id)?.count;
    const next = follow && wasEnd ? this.#endBelow(tipId) : tipId;
    if (next !== this.#shown.at(-1) || this.#shown.some(isOther)) this.#show(next, isOther);
  }

  /** The answers that other windows write, as they are stored now. `false`, and nothing done, where they have not only grown. */
  takeGrowth(stored: readonly MessageView[]): boolean {
    const grown = stored.map((theirs) => growthOf(this.find(theirs.id), theirs));
    const known = grown.filter((each) => each !== undefined);
    if (known.length < this.elsewhereIds.length) return false;
    for (const each of known) this.#grow(each);
    return true;
  }

  /** Adds a message and shows the branch that ends with it. */
  add(message: MessageView): void {
    this.#messages.set(message.id, message);
    this.#save(message);
    this.#show(message.id);
  }

  /** Adds a message that is not part of the branch that is shown. */
  addBeside(message: MessageView): void {
    this.#messages.set(message.id, message);
    this.#save(message);
  }

  /** Shows the branch that ends with this message, whatever follows it. */
  showUpTo(id: string): void {
    if (this.#messages.has(id)) this.#show(id);
  }

  /** Shows the branch that goes through this message, to where it was worked on last. */
  showThrough(id: string): void {
    const tip = newestTipBelow(this.#all(), id);
    if (tip !== undefined) this.#show(tip);
  }

  /** Takes a message out with all that follows it, and shows what stands beside it, else what it followed. */
  remove(id: string): readonly MessageView[] {
    const removed = subtreeOf(this.#all(), id);
    const [top] = removed;
    const beside = this.siblings(id).findLast((other) => other.id !== id);
    for (const message of removed) this.#messages.delete(message.id);
    this.#remove(removed.map((message) => message.id));
    if (beside !== undefined) this.showThrough(beside.id);
    else if (top !== undefined) this.#show(top.parentId);
    return removed;
  }

  /** Brings back what was removed, as the newest branch. What it followed may be gone meanwhile. */
  restore(messages: readonly MessageView[]): void {
    const [top] = messages;
    if (top === undefined || this.#messages.has(top.id)) return;
    if (top.parentId !== undefined && !this.#messages.has(top.parentId)) return;
    for (const message of messages) {
      this.#messages.set(message.id, message);
      this.#save(message);
    }
    this.showThrough(top.id);
  }

  /** Takes one message out; what follows it follows the one before it. Answers what moved up. */
  takeOut(id: string): readonly string[] {
    const gone = this.find(id);
    if (gone === undefined) return [];
    const tipId = this.tip?.id;
    const followers = this.#all().filter(({ parentId }) => parentId === id);
    this.#messages.delete(id);
    for (const follower of followers) {
      this.#messages.set(follower.id, placedBelow(follower, gone.parentId));
      this.save(follower.id);
    }
    this.#remove([id]);
    this.#show(tipId === id ? gone.parentId : tipId);
    return followers.map((follower) => follower.id);
  }

  /**
   * Puts a message below its parent and above these followers of that parent. They are written anew: a tree is kept with each
   * message after the one that it follows. `false` where the parent is gone, or another window writes below it.
   */
  putIn(message: MessageView, followerIds: readonly string[]): boolean {
    const { parentId } = message;
    if (parentId !== undefined && !this.#messages.has(parentId)) return false;
    const tipId = this.tip?.id;
    const moved = followerIds.flatMap((id) => subtreeOf(this.#all(), id));
    if (moved.some(isElsewhere)) return false;
    const ids = new Set(moved.map(({ id }) => id));
    const inOrder = this.#all().filter(({ id }) => ids.has(id));
    for (const id of ids) this.#messages.delete(id);
    if (ids.size > 0) this.#remove([...ids]);
    const below = inOrder.map((each) => (followerIds.includes(each.id) ? placedBelow(each, message.id) : each));
    for (const each of [message, ...below]) {
      this.#messages.set(each.id, each);
      this.#save(each);
    }
    this.#show(tipId === parentId ? message.id : tipId);
    return true;
  }

  /** Replaces these fields of an answer, which is saved only with `settle`. */
  change(id: string, fields: AnswerFields): void {
    const answer = this.answer(id);
    if (answer === undefined) return;
    this.#messages.set(id, { ...answer, ...fields });
    this.#emitOf(id, { kind: "answer-changed", messageId: id, ...fields });
  }

  append(id: string, part: "text" | "reasoning", text: string): void {
    const answer = this.answer(id);
    if (answer === undefined) return;
    this.#messages.set(id, { ...answer, [part]: answer[part] + text });
    this.#emitOf(id, { kind: part === "text" ? "text-appended" : "reasoning-appended", messageId: id, text });
  }

  save(id: string): void {
    const message = this.find(id);
    if (message !== undefined) this.#save(message);
  }

  saveAll(): void {
    for (const message of this.#all()) this.#save(message);
    this.#ports.saveTip(this.tip?.id);
  }

  settle(id: string, fields: AnswerFields): void {
    this.change(id, fields);
    this.save(id);
  }

  /** The answers in all branches. */
  answers(): readonly AnswerView[] {
    return this.#all().filter((message) => message.role === "assistant");
  }

  /** What another window is writing is that window's to keep. */
  #save(message: MessageView): void {
    if (isElsewhere(message)) return;
    this.#ours.add(message.id);
    this.#ports.save(message);
  }

  #grow({ id, text, reasoning }: GrownAnswer): void {
    if (reasoning !== "") this.append(id, "reasoning", reasoning);
    if (text !== "") this.append(id, "text", text);
  }

  #remove(ids: readonly string[]): void {
    for (const id of ids) this.#ours.add(id);
    this.#ports.remove(ids);
  }

  /** Where a branch ends now; answers side by side wait for one to be chosen. */
  #endBelow(id: string): string {
    const isSideBySide = this.answers().some(({ parentId, compared }) => parentId === id && compared !== undefined);
    return isSideBySide ? id : (newestTipBelow(this.#all(), id) ?? id);
  }

  #all(): readonly MessageView[] {
    return [...this.#messages.values()];
  }

  #idsTo(tipId: string | undefined): readonly string[] {
    return this.pathTo(tipId).map(({ id }) => id);
  }

  #emitOf(id: string, change: ChatChange): void {
    // The answer that grows is nearly always the last one, so the search ends at once.
    if (this.#shown.lastIndexOf(id) >= 0 || this.#isCompared(id)) this.#ports.emit(change);
  }

  /** It stands below the branch, side by side with others. */
  #isCompared(id: string): boolean {
    const answer = this.answer(id);
    return answer?.compared !== undefined && answer.parentId === this.#shown.at(-1);
  }

  #show(tipId: string | undefined, isOther: (id: string) => boolean = () => false): void {
    const before = this.#shown;
    const hadTip = before.at(-1);
    this.#shown = this.#idsTo(tipId);
    if (tipId !== hadTip) this.#ports.saveTip(tipId);
    const differs = this.#shown.findIndex((id, place) => id !== before[place] || isOther(id));
    const common = differs === -1 ? Math.min(this.#shown.length, before.length) : differs;
    // Where only the end was taken away, the view may hold nothing of what is left.
    const keep = common === this.#shown.length ? Math.max(0, common - PAGE_LENGTH) : common;
    const messages = this.viewOf(keep);
    const [only, ...others] = messages;
    if (keep === before.length && only !== undefined && others.length === 0) {
      this.#ports.emit({ kind: "message-added", message: only });
    } else this.#ports.emit({ kind: "path-changed", keep, messages });
  }
}

function isElsewhere(message: MessageView): boolean {
  return message.role === "assistant" && message.isElsewhere === true;
}

function placedBelow(message: MessageView, parentId: string | undefined): MessageView {
  const { parentId: _parentId, ...rest } = message;
  return parentId === undefined ? rest : { ...rest, parentId };
}

function asShown(message: MessageView | undefined): MessageView | undefined {
  return message?.role === "user" ? { ...message, attachments: message.attachments.map(withoutPicture) } : message;
}
