/** What the composer of the chat view and the extension host tell each other. Joined into `chatMessages.ts`. */

import type { IMAGE_TYPES, MessageImage } from "../core/conversation/messageImage.ts";

export { IMAGE_TYPES, MAX_IMAGE_BYTES } from "../core/conversation/messageImage.ts";

export const ATTACHMENT_KINDS = [
  "selection",
  "file",
  "folder",
  "symbol",
  "editors",
  "problems",
  "diff",
  "terminal",
  "instructions",
  "nearby",
  "image",
] as const;

export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** So many files are taken from one drop. */
export const MAX_DROPPED_FILES = 50;

/** So many questions can be walked through. */
export const HISTORY_LENGTH = 50;

/** Something sent along with a question. */
export interface AttachmentView {
  /** Unique among what goes along with one question. */
  readonly id: string;
  readonly kind: AttachmentKind;
  /** For instance `invoice.ts:12-20`. */
  readonly label: string;
  /** Empty where `text` is in no language of the editor. */
  readonly languageId: string;
  /** Exactly what is sent. */
  readonly text: string;
  /** For instance `1.2k tokens · ≤ $0.0004`. */
  readonly tokens?: string;
  /** Of a kept picture. A view never gets it. */
  readonly image?: MessageImage;
  /** What the person has to know of it, for instance that only its beginning fits. */
  readonly note?: string;
}

/** Something that can be mentioned; the host knows what its id stands for. */
export interface MentionItemView {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly label: string;
  /** For instance the folder that a file is in. */
  readonly detail?: string;
}

/** What fits the query of the `complete-mention` with this id, best first. */
export interface OfferedMentions {
  readonly requestId: number;
  readonly items: readonly MentionItemView[];
}

/** Commands that do something instead of asking a model. */
export const CHAT_COMMANDS = ["compare", "condense", "clear", "budget", "why", "help"] as const;

export type ChatCommand = (typeof CHAT_COMMANDS)[number];

interface MeterView {
  readonly text: string;
  /** 0 to 1. */
  readonly share: number;
  /** The chat has grown long, and this is a good moment to condense it. */
  readonly offersCondensing?: boolean;
}

/** The composer's part of the chat's state. */
export interface ComposerFields {
  /** What the next question will carry along, for instance the selection of the active editor. */
  readonly pendingAttachments: readonly AttachmentView[];
  /** The last questions, oldest first. The view adds those that are asked while it is open. */
  readonly history: readonly string[];
  /** Asked as soon as the answer under way has ended. */
  readonly queued?: string;
  /** The model or profile of this chat. */
  readonly choice?: { readonly label: string; readonly title: string };
  /** How much of the model's window the next question takes: `share` is 0 to 1. */
  readonly meter?: MeterView;
  /** What could not be attached, and why. */
  readonly notice?: string;
  /** The last that were offered. No part of a snapshot. */
  readonly mentions?: OfferedMentions;
}

/** A change without its field takes the field away. */
export type ComposerChange =
  | { readonly kind: "attachments-changed"; readonly pendingAttachments: readonly AttachmentView[] }
  | ({ readonly kind: "mentions-offered" } & OfferedMentions)
  | { readonly kind: "queue-changed"; readonly queued?: string }
  | { readonly kind: "choice-changed"; readonly choice?: NonNullable<ComposerFields["choice"]> }
  | { readonly kind: "meter-changed"; readonly meter?: NonNullable<ComposerFields["meter"]> }
  | { readonly kind: "notice-changed"; readonly notice?: string };

export type FromComposer =
  /** Answered by `mentions-offered` with the same id; an empty query asks for what is mentioned most. */
  | { readonly type: "complete-mention"; readonly requestId: number; readonly query: string }
  /** `id`: of an offered mention. */
  | { readonly type: "add-mention"; readonly id: string }
  /** As the page was given them; they may name anything. */
  | { readonly type: "drop-files"; readonly uris: readonly string[] }
  | {
      readonly type: "paste-image";
      readonly name: string;
      readonly mimeType: (typeof IMAGE_TYPES)[number];
      readonly base64: string;
    }
  | { readonly type: "remove-attachment"; readonly id: string }
  | { readonly type: "preview-attachment"; readonly id: string }
  /** To be asked once the answer under way has ended, together with what is queued already. */
  | { readonly type: "queue"; readonly text: string }
  /** The question that waits is to come back into the composer. */
  | { readonly type: "unqueue" }
  | { readonly type: "choose-model" }
  /** `rest`: what was typed behind the command. */
  | { readonly type: "run-slash"; readonly command: ChatCommand; readonly rest: string };
