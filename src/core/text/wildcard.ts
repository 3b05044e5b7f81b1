/** Whether a lower-case text is meant by a pattern, in which `*` stands for any text. Upper and lower case are the same. */
export function compileWildcard(pattern: string): (lowerCaseText: string) => boolean {
  const lower = pattern.toLowerCase();
  const [first = "", ...parts] = lower.split("*");
  const last = parts.pop();
  if (last === undefined) return (text) => text === first;
  const shortest = lower.length - parts.length - 1;
  return (text) => {
    if (text.length < shortest || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let position = first.length;
    for (const part of parts) {
      const found = text.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
    return position <= end;
  };
}
