/** An answer of about so many tokens as models write them: prose, lists, tables and code, in pieces of one token each. */
export function longAnswer(tokens: number): readonly string[] {
  const pieces: string[] = [];
  for (let section = 1; pieces.length < tokens; section += 1) pieces.push(...tokensOf(sectionText(section)));
  return pieces.slice(0, tokens);
}

/** Words with the space before them, and single signs: about four characters in the mean. */
function tokensOf(text: string): readonly string[] {
  return text.match(/\s*[\p{L}\p{N}_]{1,8}|\s*[^\s\p{L}\p{N}_]{1,3}|\s+$/gu) ?? [];
}

function sectionText(section: number): string {
  return `## Step ${section}: reading the order

The **order** of the steps matters, because \`readInvoice${section}\` caches what it has seen and a second call with _other_ options
would otherwise answer with the first one's lines. See [the notes](https://example.com/notes/${section}) for the details.

- Load the lines with their prices in whole cents.
- Group them by customer; an empty group is dropped.
  - A customer without a name counts as a guest.
- Sum up, and compare with the total that the invoice states.

\`\`\`typescript
export function total${section}(lines: readonly InvoiceLine[]): number {
  let total = 0;
  for (const line of lines) {
    // Each line has its own rounding, so cents are summed and never fractions.
    if (line.quantity > 0) total += Math.round(line.quantity * line.unitPriceCents);
  }
  return total;
}
\`\`\`

| Case | Lines | Total |
| --- | ---: | ---: |
| empty | 0 | 0 |
| one of ${section} | 1 | ${section * 125} |
| refund | 2 | -${section * 40} |

> A refund has a negative quantity and is never part of the sum above.

1. First run the tests of step ${section}.
2. Then change the rounding, and look at what failed.

`;
}
