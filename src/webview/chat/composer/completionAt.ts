/** A command or a mention that is being typed. */
export interface CompletionQuery {
  readonly kind: "slash" | "mention";
  /** Without `/` or `@`. */
  readonly text: string;
  /** Where its `/` or `@` stands, in UTF-16 code units. */
  readonly start: number;
  /** Where the caret stands, right behind it. */
  readonly end: number;
}

const COMMAND = /^\s{0,8}\/([a-z-]{0,20})$/i;
/** At a word's start only: an address of mail is no mention. A path may follow, a space ends it. */
const MENTION = /(?:^|[\s([{<"'`])@([^\s@]{0,100})$/;
const LONGEST_MENTION = 102;

/** What is being typed where the caret stands. */
export function completionAt(text: string, caret: number): CompletionQuery | undefined {
  const before = text.slice(0, caret);
  const command = COMMAND.exec(before)?.[1];
  if (command !== undefined) return { kind: "slash", text: command, start: caret - command.length - 1, end: caret };
  const mention = MENTION.exec(before.slice(-LONGEST_MENTION))?.[1];
  if (mention !== undefined) return { kind: "mention", text: mention, start: caret - mention.length - 1, end: caret };
  return undefined;
}

/** The text without what was typed to find something, and where the caret stands then. */
export function withoutQuery(text: string, { start, end }: CompletionQuery): { text: string; caret: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  // The spaces on both sides of it become one.
  const rest = (before === "" || /\s$/.test(before)) && after.startsWith(" ") ? after.slice(1) : after;
  return { text: before + rest, caret: start };
}

/** The text with a command in place of what was typed of it, and where the caret stands then. */
export function withCommand(
  text: string,
  { start, end }: CompletionQuery,
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, start)}/${name} `;
  return { text: before + text.slice(end).trimStart(), caret: before.length };
}
