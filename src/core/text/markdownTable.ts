/** A row of a Markdown table; cells are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Foreign text, such as a name of the gateway, in which nothing is markup. */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_{}[\]()<>#+!|~&:.$]/g, String.raw`\$&`);
}
