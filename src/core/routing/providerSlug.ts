/** The gateway's slugs are its display names in small letters with hyphens. Source: OpenRouter `/providers`. */
export function providerSlug(displayName: string): string {
  return displayName
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
}
