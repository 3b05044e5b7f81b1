/** What the key is called that has no name of its own, in settings too. */
export const DEFAULT_KEY_NAME = "default";

/** A key by what is not secret of it: its name, and the origin that it was entered for and is sent to. */
export interface KeyId {
  readonly origin: string;
  readonly name: string;
}

/** For people. */
export const KEY_NAME_RULE = "a key's name: letters, digits, spaces, dots and dashes, 40 at most";

/** A name is shown, logged and written to settings, so what begins like a key is none. */
const KEY_NAME =
  /^(?![Ss][Kk]-)[0-9A-Za-z\u00c0-\u058f\u3040-\ud7a3]([0-9A-Za-z\u00c0-\u058f\u3040-\ud7a3 ._-]{0,38}[0-9A-Za-z\u00c0-\u058f\u3040-\ud7a3])?$/;

export function isKeyName(value: unknown): value is string {
  return typeof value === "string" && KEY_NAME.test(value);
}
