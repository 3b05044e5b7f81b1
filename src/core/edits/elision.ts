const COMMENT = String.raw`(?:\/\/+|#+|--+|\/\*+|<!--+|;+|%+|\{\/\*+|"""|')`;
/** What such a comment says: that code which is there already stays. */
const SAYING = [
  String.raw`(?:\.{3}|…).*`,
  String.raw`.*(?:\.{3}|…)\s*(?:existing|rest|remain|unchanged|same|other|previous|omitted|as before).*`,
  String.raw`(?:the )?rest (?:of|stays|remains|is|unchanged)\b.*`,
  String.raw`(?:the )?(?:existing|remaining|previous|other|unchanged|original)(?: [\w'’()-]+){0,6}? ?(?:code|here|unchanged|stays?|remains?|omitted|as before|as is|the same)(?: [\w'’]+){0,3}\W*`,
  String.raw`(?:keep|leave) (?:the )?(?:rest|existing|remaining|other)(?: of [\w ]+)?(?: code| lines?| methods?| functions?)?(?: here| as is| unchanged| the same)?\W*`,
  String.raw`(?:existing|unchanged|same as (?:before|above)|no changes?(?: here| needed)?)`,
].join("|");
const ELISION = new RegExp(
  String.raw`^\s*${COMMENT}\s*(?:\[|\()?(?:${SAYING})[\])]?\s*(?:\*+\/\}?|--+>|""")?\s*$`,
  "iu",
);
const BARE = /^\s*(?:\.{3}|…)\s*$/u;

/** True for a comment that stands for code which an answer leaves out, such as `// ... existing code ...`. */
export function isElision(line: string): boolean {
  return ELISION.test(line);
}

/** True for three dots alone, which leave code out or, as in Python, are the code. */
export function isBareElision(line: string): boolean {
  return BARE.test(line);
}
