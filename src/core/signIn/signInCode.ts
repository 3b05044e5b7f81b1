/** Whether a text can be a code of the sign-in page: what it looks like is not documented, so only its limits are checked. */
export function isSignInCode(text: string): boolean {
  return /^[\w.~+/=-]{4,512}$/.test(text);
}

/** The code in what a person pasted: alone, or in the address of a page. */
export function readPastedCode(text: string): string | undefined {
  const pasted = text.trim();
  const [, inAddress] = /^https?:\/\/[^\s#]*[?&]code=([^&#\s]*)/.exec(pasted) ?? [];
  const code = inAddress ?? pasted;
  return isSignInCode(code) ? code : undefined;
}
