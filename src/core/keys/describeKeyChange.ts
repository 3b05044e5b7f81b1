/** A key of this machine was replaced, removed or added. */
export interface KeyChange {
  /** For instance `openrouter.ai`. */
  readonly host: string;
  /** The mask of the key that is not used here any more. */
  readonly before: string | undefined;
  /** The editor is shown by a browser, where each window reads the stored keys once, when it is loaded. */
  readonly isInBrowser: boolean;
}

/** What else a change of a key means, in sentences with a space before each. */
export function describeKeyChange({ host, before, isInBrowser }: KeyChange): string {
  const old = before === undefined ? "" : ` The key ${before} stays valid at ${host} until you revoke it there.`;
  return isInBrowser ? `${old} ${OTHER_WINDOWS}` : old;
}

const OTHER_WINDOWS =
  "Reload the other windows of this editor: in a browser they go on with what they had, and one of them that stores a key or a sign-in before that may undo this change.";
