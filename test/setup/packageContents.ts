/**
 * Compares the files of a package with the list of those that belong into it, one sentence for each difference.
 * A line of the list may hold `*`, which stands for the changing part of a bundle's name and matches no slash;
 * each line has to match at least one file.
 */
export function packageDifferences(files: readonly string[], allowedLines: readonly string[]): string[] {
  const allowed = allowedLines.map((line) => ({ line, pattern: patternOf(line) }));
  const extra = files.filter((file) => !allowed.some(({ pattern }) => pattern.test(file)));
  const missing = allowed.filter(({ pattern }) => !files.some((file) => pattern.test(file)));
  return [
    ...extra.map((file) => `${file} is in the package and not on the list.`),
    ...missing.map(({ line }) => `${line} is on the list and not in the package.`),
  ];
}

function patternOf(line: string): RegExp {
  const escaped = line.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]+");
  return new RegExp(`^${escaped}$`);
}
