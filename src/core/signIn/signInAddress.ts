/** What a sign-in is opened with. */
interface SignInOrder {
  /** For instance `https://openrouter.ai/auth`. */
  readonly page: string;
  /** Hash of the verifier, which never leaves before the code is exchanged. */
  readonly challenge: string;
  /** Where the page sends the person back to; without one it shows the code. */
  readonly callback?: { readonly url: string; readonly state: string };
}

/** The address to open. It holds nothing that is worth stealing. Source: OpenRouter OAuth PKCE. */
export function signInAddress({ page, challenge, callback }: SignInOrder): string {
  const parameters: readonly (readonly [string, string])[] = [
    ...(callback === undefined ? [] : [["callback_url", callback.url] as const]),
    ["code_challenge", challenge],
    ["code_challenge_method", "S256"],
    ["key_label", "Waybill"],
    ...(callback === undefined ? [] : [["state", callback.state] as const]),
  ];
  return `${page}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}
