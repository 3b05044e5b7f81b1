/** Names of files that have no ending. */
const BARE_NAMES =
  /^(?:Makefile|Dockerfile|Containerfile|Gemfile|Rakefile|Procfile|Vagrantfile|Jenkinsfile|LICENSE|README|CODEOWNERS|justfile)$/u;
const PATH = /^(?:[A-Za-z]:)?[\p{L}\p{N}_@$()[\]{}+~.\\/ -]*$/u;
const ENDING = /[\p{L}\p{N}_)\]}]\.[\p{L}\p{N}_+-]{1,12}$|(?:^|[\\/])\.[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u;
const LONGEST = 300;
/** Versions, and names of things that are written like files. */
const NO_FILE =
  /^(?:v?\d+(?:\.\d+)*|e\.g|i\.e|(?:node|vue|next|nuxt|react|express|d3|three|alpine|ember|angular|backbone|deno)\.js|(?:asp|vb|ado)\.net)$/iu;

/** The text as the path of a file, with `/` and without `./` before it; `undefined` when it does not look like one. */
export function asPath(text: string): string | undefined {
  const path = text
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/u, "");
  if (path === "" || path.length > LONGEST || !PATH.test(path) || path.endsWith("/")) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isNamed = ENDING.test(name) || BARE_NAMES.test(name) || (path.includes("/") && /^[\w-]+$/u.test(name));
  return isNamed && !NO_FILE.test(path) && !path.includes("//") ? path : undefined;
}

/** As `asPath`, for texts among which most are none: a path there has no blanks. */
function asPlainPath(text: string | undefined): string | undefined {
  return text === undefined || /\s/u.test(text.trim()) ? undefined : asPath(text);
}

/** The path behind a fence: `ts src/a.ts`, `src/a.ts`, `ts:src/a.ts`, `12:20:src/a.ts`, `ts title="src/a.ts"`. */
export function pathOfFence(info: string): string | undefined {
  const named = /\b(?:title|file|filename|filepath|path|name)\s*[=:]\s*(?:"([^"]+)"|'([^']+)'|([^\s}]+))/iu.exec(info);
  const value = named?.[1] ?? named?.[2] ?? named?.[3];
  if (value !== undefined) return asPath(value);
  const words = info.trim().split(/\s+/u);
  for (const word of words) {
    const path = asPlainPath(word.replace(/^(?:\d+:\d+:|[\w+#-]+:)(?=[^\\/:])/u, "").replace(/:\d+(?:-\d+)?$/u, ""));
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The path that a first line says in a comment: `// src/a.ts`, `# File: a.py`, `<!-- index.html -->`. */
export function pathOfComment(line: string): string | undefined {
  const said =
    /^\s*(?:\/\/+|#+|--+|;+|%+)\s*(.*?)\s*$/u.exec(line)?.[1] ??
    /^\s*(?:\/\*+|<!--+)\s*(.*?)\s*(?:\*+\/|--+>)\s*$/u.exec(line)?.[1];
  if (said === undefined || said.startsWith("!")) return undefined;
  const path = said.replace(/^(?:file|filename|filepath|path)\s*:\s*/iu, "").replaceAll(/^[`"']|[`"']$/gu, "");
  // A word such as `node.js` in a comment names no file, but behind "File:" it does.
  return path === said && !/[\\/]/u.test(path) && !/^[\w.-]+\.\w{1,5}$/u.test(path) ? undefined : asPlainPath(path);
}

/** The path that a line of prose right above code names: alone with its marks, or as its only inline code before a colon. */
export function pathOfLine(line: string): string | undefined {
  const bare = line
    .trim()
    .replace(/^(?:>|#{1,6}|[-*+]|\d+[.)])\s+/u, "")
    .replace(/^(?:\*\*|__)?(?:new |updated? |modified )?(?:file|filename|path)?(?: name)?\s*:\s*(?:\*\*|__)?\s*/iu, "")
    .replace(/\s*\((?:new|new file|updated|modified|changed|excerpt)\)/iu, "")
    .replaceAll(/^[*_`"']+|[*_`"':]+$/gu, "")
    .replaceAll(/^\d+[.)]\s+[*_`]*/gu, "");
  const alone = asPlainPath(bare);
  if (alone !== undefined) return alone;
  const inCode = [...line.matchAll(/`([^`\s]+)`/gu)].flatMap(([, text]) => asPlainPath(text) ?? []);
  const [only] = inCode;
  return inCode.length === 1 && /[:：]\s*[*_]*\s*$/u.test(line) ? only : undefined;
}
