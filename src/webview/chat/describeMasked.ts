const PLACEHOLDER = /\[\[secret-[a-z0-9]{4}-\d+\]\]/g;

/** How many secrets a question was sent without; `undefined` where it had none. */
export function describeMasked(texts: readonly string[]): string | undefined {
  const { size } = new Set(texts.flatMap((text) => text.match(PLACEHOLDER) ?? []));
  if (size === 0) return undefined;
  return size === 1 ? "1 secret masked" : `${size} secrets masked`;
}
