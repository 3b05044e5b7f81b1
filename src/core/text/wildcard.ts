/** Whether a lower-case text is meant by a pattern, in which `*` stands for any text. Upper and lower case are the same. */
export function compileWildcard(pattern: string): (lowerCaseText: string) => boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  const shortest = first.length + last.length;
  return (text) =>
    text.length >= shortest &&
    text.startsWith(first) &&
    text.endsWith(last) &&
    holdsInOrder(text.slice(first.length, text.length - last.length), rest);
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let position = 0;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return true;
}
