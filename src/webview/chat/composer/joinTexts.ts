/** Two texts of which either may be missing, with an empty line between them. */
export function joinTexts(first: string | undefined, second: string): string {
  return [first ?? "", second].filter((text) => text.trim() !== "").join("\n\n");
}
