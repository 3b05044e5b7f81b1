/** A key as it may be shown: its kind and its last four characters (`sk-or-v1-…9f3a`). */
export function maskKey(key: string): string {
  const kind = /^sk-or-v\d+-/.exec(key)?.[0] ?? "";
  return `${kind}…${key.slice(kind.length + 8 <= key.length ? -4 : key.length)}`;
}
