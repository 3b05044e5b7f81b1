/** How `npm start` was asked to run. */
export interface StartOptions {
  /** Asks for a real OpenRouter key instead of starting the gateway simulator. */
  readonly isRealGateway: boolean;
}

/** Reads the words after `npm start --`. Throws one sentence for a word it does not know. */
export function parseStartOptions(words: readonly string[]): StartOptions {
  const unknown = words.find((word) => word !== "--key");
  if (unknown !== undefined) throw new Error(`npm start does not know ${unknown}. It knows: --key.`);
  return { isRealGateway: words.includes("--key") };
}
