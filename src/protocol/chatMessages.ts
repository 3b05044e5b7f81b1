/**
 * Messages between the extension host and the chat view.
 *
 * The host owns the conversation; the view only renders it. The view says `ready` (or `resync` after a gap) and gets one
 * `snapshot`, then `delta` messages whose `sequence` grows by one each. Every text is plain text or Markdown of an
 * untrusted author: the view sanitises whatever it renders.
 */

import type { PresentedPrice } from "../core/budget/presentPrice.ts";
import type { AnswerSource } from "../core/conversation/answerSources.ts";
import type { ProblemActionId } from "../core/problems/problem.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { PresentedWaybill } from "../core/waybill/presentWaybill.ts";
import type { AttachmentView, ComposerChange, ComposerFields, FromComposer } from "./composerMessages.ts";
import type { FromPaging, PagingChange, PagingFields } from "./pagingMessages.ts";
import type { FromTree, PlaceInTree, TreeChange, TreeFields } from "./treeMessages.ts";
import type { AnswerChange, FromAnswer } from "./answerMessages.ts";
import type { CompareChange, CompareFields, ComparedView, FromCompare } from "./compareMessages.ts";

/**
 * What is known of the gateway key. `session-only`: this machine could not store it, so it is gone with the window.
 * `unclear`: the settings do not say which key it is, so nothing is sent.
 */
export type KeyState = "none" | "present" | "unreadable" | "session-only" | "not-needed" | "unclear";

/** One sentence for the person and what to do about it: one thing, or two of the same worth. */
export interface ProblemView {
  readonly sentence: string;
  readonly action?: ProblemActionView;
  readonly alternatives?: readonly ProblemActionView[];
}

export interface ProblemActionView {
  readonly id: ProblemActionId;
  readonly label: string;
}

/** A receipt ready to show: every figure is already formatted. */
export type WaybillView = PresentedWaybill;

/** What sending the text in the composer would cost; every figure is already formatted. */
export type PriceView = PresentedPrice;

/** What the person says when they are asked before a dear question is sent. */
export type SendAnswer = "send-anyway" | "ask-cheaper";

/** A page on the web that an answer names; its text is a stranger's. */
export type SourceView = AnswerSource;

export interface UserMessageView extends PlaceInTree {
  readonly role: "user";
  readonly id: string;
  readonly text: string;
  readonly attachments: readonly AttachmentView[];
}

/** `waiting`: sent, no text yet. `incomplete`: the stream or the window ended before the answer did. */
export type AnswerState = "waiting" | "streaming" | "done" | "stopped" | "failed" | "incomplete";

export interface AnswerView extends PlaceInTree {
  readonly role: "assistant";
  readonly id: string;
  readonly text: string;
  readonly reasoning: string;
  readonly state: AnswerState;
  /** What is happening while `waiting`, for instance `Asking DeepSeek V4 Flash…`. */
  readonly status?: string;
  /** The pages that it names as its sources. */
  readonly sources?: readonly SourceView[];
  readonly waybill?: WaybillView;
  readonly problem?: ProblemView;
  /** A stronger model that may be asked the same. */
  readonly stronger?: StrongerView;
  /** How it belongs to another answer: to the one that it follows, or to one beside it. */
  readonly relation?: AnswerRelation;
  /** The turn that gave it, so that a later verdict finds it. */
  readonly turnId?: string;
  /** What the person said its question was for. */
  readonly correctedTask?: TaskType;
  /** What became of it, for instance why a stronger model was asked instead. */
  readonly note?: string;
  /** The decision behind it, as `keepRoute` writes it. */
  readonly route?: string;
  /** It is a summary that is sent instead of what stands above it, and of so many messages. */
  readonly condenses?: number;
  /** Its part in a comparison of several models. */
  readonly compared?: ComparedView;
  /** Another window is writing it. */
  readonly isElsewhere?: true;
  /** How many files it would change, once a view has asked. */
  readonly files?: number;
}

/** `continues`: it is the rest of it. `replaces`: that one was not accepted, or asked again. */
export type AnswerRelation = "continues" | "replaces";

export interface StrongerView {
  /** Id of the model that answered. */
  readonly than: string;
  /** Id of the one that would be asked. */
  readonly next: string;
  /** For instance `Try Stronger (about $0.02)`. */
  readonly label: string;
  /** For instance `Ask Claude Opus 5 the same`. */
  readonly title: string;
}

export type MessageView = UserMessageView | AnswerView;

/** Today's spend against the limits, ready to show. */
export interface SpendView {
  /** For instance `$0.03 of $2.00 today`. */
  readonly text: string;
  /** Share of the tightest limit that is used, 0 to 1; absent without a limit. */
  readonly share?: number;
  /** For instance `Workspace: $0.03 of $2.00, resets at 01:00`. One line per limit. */
  readonly lines: readonly string[];
}

export interface ChatViewState extends ComposerFields, TreeFields, PagingFields, CompareFields {
  readonly chatId: string;
  readonly keyState: KeyState;
  /** What the person calls the key; absent for the default one. */
  readonly keyName?: string;
  readonly messages: readonly MessageView[];
  /** Text in the composer that was not sent yet. */
  readonly draft: string;
  readonly spend?: SpendView;
  /** Of the draft; absent where it is empty, and where nothing is known of models yet. */
  readonly price?: PriceView;
  /** Before the draft is sent the person is asked this. */
  readonly ask?: ProblemView;
  /** A problem of the panel as a whole, for instance that the chats cannot be stored. */
  readonly problem?: ProblemView;
}

/** One change of the state. `answer-changed` replaces the given fields of an answer; text travels as deltas. */
export type ChatChange =
  | AnswerChange
  | { readonly kind: "message-added"; readonly message: MessageView }
  | { readonly kind: "text-appended"; readonly messageId: string; readonly text: string }
  | { readonly kind: "reasoning-appended"; readonly messageId: string; readonly text: string }
  | {
      readonly kind: "answer-changed";
      readonly messageId: string;
      readonly state?: AnswerState;
      readonly status?: string;
      readonly sources?: readonly SourceView[];
      readonly waybill?: WaybillView;
      readonly problem?: ProblemView;
      readonly stronger?: StrongerView;
      readonly turnId?: string;
      readonly correctedTask?: TaskType;
      readonly note?: string;
      readonly route?: string;
      readonly compared?: ComparedView;
    }
  | { readonly kind: "key-state-changed"; readonly keyState: KeyState; readonly keyName?: string }
  | { readonly kind: "spend-changed"; readonly spend: SpendView }
  | { readonly kind: "price-changed"; readonly price?: PriceView }
  | { readonly kind: "ask-changed"; readonly ask?: ProblemView }
  | { readonly kind: "problem-changed"; readonly problem?: ProblemView }
  | ComposerChange
  | CompareChange
  | TreeChange
  | PagingChange;

export type ToChatView =
  | { readonly type: "snapshot"; readonly sequence: number; readonly state: ChatViewState }
  | { readonly type: "delta"; readonly sequence: number; readonly change: ChatChange }
  /** Asks the view to put the keyboard focus into the composer. */
  | { readonly type: "focus-composer" }
  /** Asks the view to put it where it was before a box of the editor took it. */
  | { readonly type: "focus-back" };

export type FromChatView =
  | FromComposer
  | FromTree
  | FromPaging
  | FromAnswer
  | FromCompare
  | { readonly type: "ready" }
  | { readonly type: "resync" }
  /** `answer`: the person was asked about this text and says so. */
  | { readonly type: "send"; readonly text: string; readonly answer?: SendAnswer }
  | { readonly type: "stop" }
  | { readonly type: "new-chat" }
  | { readonly type: "draft-changed"; readonly text: string }
  | { readonly type: "open-link"; readonly href: string }
  /** `messageId`: the answer that the text is from. */
  | { readonly type: "copy-text"; readonly text: string; readonly messageId?: string }
  | { readonly type: "correct-task"; readonly messageId: string; readonly taskType: TaskType }
  | { readonly type: "try-stronger"; readonly messageId: string }
  | { readonly type: "show-route"; readonly messageId: string }
  | { readonly type: "run-action"; readonly action: ProblemActionId; readonly messageId?: string }
  /** The view met an error of its own; the text holds no content of the conversation. */
  | { readonly type: "view-failed"; readonly message: string };
