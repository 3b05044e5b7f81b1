import type { MessageImage } from "./messageImage.ts";

/** One message of a conversation as it goes to the model. */
export interface ConversationMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** Only of questions. */
  readonly images?: readonly MessageImage[];
  /** What of the content is from elsewhere, for the list of what was sent. */
  readonly holds?: readonly HeldText[];
}

/** A text inside a message, and where it is from. */
export type HeldText = Pick<CodeContext, "kind" | "label" | "text">;

/** What something that is sent along is. */
type ContextKind =
  | "selection"
  | "file"
  | "folder"
  | "symbol"
  | "editors"
  | "problems"
  | "diff"
  | "terminal"
  | "instructions"
  | "nearby"
  | "image";

/** Something sent along with a question, for instance a piece of a file. */
export interface CodeContext {
  /** Its label where it is absent. */
  readonly id?: string;
  /** A piece of code where it is absent. */
  readonly kind?: ContextKind;
  /** Where it is from, for instance `src/invoice.ts:12-20`. */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
  /** What is missing of it, for instance `last 3 of 12 functions left out`. */
  readonly note?: string;
  /** Of a picture; `text` says its kind and size. */
  readonly image?: MessageImage;
  /** Problems the editor reports inside this piece. */
  readonly diagnostics: readonly string[];
}
