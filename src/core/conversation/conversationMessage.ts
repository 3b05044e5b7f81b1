/** One message of a conversation as it goes to the model. */
export interface ConversationMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** A piece of a file sent along with a question. */
export interface CodeContext {
  /** Where it is from, for instance `src/invoice.ts:12-20`. */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
  /** Problems the editor reports inside this piece. */
  readonly diagnostics: readonly string[];
}
