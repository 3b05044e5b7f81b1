/** What browsers report for every key that an input method has taken. */
const TAKEN_KEY_CODE = 229;

/**
 * Whether a key belongs to an input method, which composes a word of several keys: its Enter takes the word and its Escape
 * drops it. Some browsers end the composition just before they tell of the key that ended it; the code alone says so then.
 */
export function isOfInputMethod({ isComposing, keyCode }: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean {
  return isComposing || keyCode === TAKEN_KEY_CODE;
}
