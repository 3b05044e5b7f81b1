const TEST_MODULE = "#[cfg(test)]";

/**
 * Where Rust's test module inside a source begins, as a line counted from 0. `undefined` where there is none, and where something
 * follows it that would be replaced along with it.
 */
export function insideTestsLine(text: string): number | undefined {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => line.startsWith(TEST_MODULE));
  if (first === -1) return undefined;
  const rest = lines.slice(first).filter((line) => line.trim() !== "");
  const closing = rest.findIndex((line) => line.startsWith("}"));
  return closing === rest.length - 1 ? first : undefined;
}
