/** A file of code, a part of it that is rewritten, and the answer that does it. */
export interface Rewrite {
  readonly file: string;
  /** Selected lines, from 1, the last one included. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly answer: string;
}

/** The first lines, in which somebody types: so near above the part that both are seen. */
export const ALONE = "// before: ";
export const BESIDE = "// meanwhile: ";
export const BEGINNINGS = [ALONE, BESIDE] as const;
export type Beginning = (typeof BEGINNINGS)[number];

const LINES = 2_000;
const FIRST = 6;

/** 2,000 lines of which the answer names `rewritten`: of each five it keeps two, so that there are two changes in five lines. */
export function largeRewrite(rewritten: number): Rewrite {
  const part = Array.from({ length: rewritten }, (_, at) => oldLine(at));
  const above = [...BEGINNINGS, "export const rates = new Map<string, number>();", "", ""];
  const below = Array.from({ length: LINES - rewritten - above.length }, (_, at) => oldLine(rewritten + at));
  const answer = part.map((line, at) => (isKept(at) ? line : newLine(at)));
  return {
    file: `${[...above, ...part, ...below].join("\n")}\n`,
    firstLine: FIRST,
    lastLine: FIRST + rewritten - 1,
    answer: `\`\`\`ts\n${answer.join("\n")}\n\`\`\`\n`,
  };
}

/** What is searched for in the page and in the pieces of the answer. */
export function newLine(at: number): string {
  return `export const rate${at} = rates.get("code${at}") ?? ${at % 9};`;
}

function oldLine(at: number): string {
  return `export const rate${at} = ${at % 9};`;
}

function isKept(at: number): boolean {
  return at % 5 === 2 || at % 5 === 4;
}
