/** Families of languages the personas can write in. */
export type Family = "script" | "python" | "other";

/** The family of a language as a fence names it, or as the code looks. */
export function familyOf(language: string, code: string): Family {
  const name = language.toLowerCase();
  if (/^(?:[jt]sx?|mjs|cjs|mts|cts|javascript|typescript|javascriptreact|typescriptreact|vue|svelte)$/.test(name))
    return "script";
  if (/^(?:py|python)$/.test(name)) return "python";
  if (name !== "") return "other";
  if (/^\s*(?:async )?def \w+\(.*:\s*$/m.test(code)) return "python";
  return /\b(?:const|let|function|=>|import|export)\b|=>/.test(code) ? "script" : "other";
}

/** A function as it is declared in code. */
export interface FoundFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isAsync: boolean;
  /** Index of the line it is declared on. */
  readonly line: number;
  readonly indent: string;
}

const SCRIPT_DECLARATION =
  /^(\s*)(?:export\s+)?(?:default\s+)?(async\s+)?function\s*\*?\s*(\w+)\s*(?:<[^>]*>)?\(([^)]*)\)/;
const SCRIPT_ARROW = /^(\s*)(?:export\s+)?(?:const|let|var)\s+(\w+)(?:\s*:[^=]+)?\s*=\s*(async\s+)?\(([^)]*)\)[^=]*=>/;
const SCRIPT_METHOD =
  /^(\s+)(?:(?:public|private|protected|static|override)\s+)*(async\s+)?(\w+)\(([^)]*)\)[^;]*\{\s*$/;
const PYTHON_DECLARATION = /^(\s*)(async\s+)?def\s+(\w+)\s*\(([^)]*)\)/;
const OTHER_DECLARATION =
  /^(\s*)(?:pub\s+|public\s+|private\s+|static\s+)*()(?:fn|func|fun|def|sub|\w[\w<>[\]]*)\s+(\w+)\s*\(([^)]*)\)[^;]*\{?\s*$/;
const KEYWORDS = new Set(["if", "for", "while", "switch", "catch", "return", "function", "else", "constructor", "new"]);

/** The functions a piece of code declares, in order. Line based, good enough for a demonstration. */
export function findFunctions(code: string, family: Family): readonly FoundFunction[] {
  return code.split("\n").flatMap((text, line) => {
    const found = readDeclaration(text, family);
    return found === undefined || KEYWORDS.has(found.name) ? [] : [{ ...found, line }];
  });
}

function readDeclaration(text: string, family: Family): Omit<FoundFunction, "line"> | undefined {
  switch (family) {
    case "script": {
      const arrow = SCRIPT_ARROW.exec(text);
      if (arrow) return declaration(arrow[1], arrow[2], arrow[4], arrow[3]);
      return fromMatch(SCRIPT_DECLARATION.exec(text) ?? SCRIPT_METHOD.exec(text));
    }
    case "python":
      return fromMatch(PYTHON_DECLARATION.exec(text));
    case "other":
      return fromMatch(OTHER_DECLARATION.exec(text));
  }
}

function fromMatch(match: RegExpExecArray | null): Omit<FoundFunction, "line"> | undefined {
  return match === null ? undefined : declaration(match[1], match[3], match[4], match[2]);
}

function declaration(indent = "", name = "", parameters = "", asyncWord = ""): Omit<FoundFunction, "line"> {
  return { name, indent, isAsync: asyncWord.trim() !== "", parameters: parameterNames(parameters) };
}

function parameterNames(list: string): readonly string[] {
  return list
    .split(",")
    .map(
      (parameter) =>
        /\w+/.exec(parameter.replace(/^\s*(?:readonly|public|private|mut|const|final|&|\*)\s+/, ""))?.[0] ?? "",
    )
    .filter((name) => name !== "" && name !== "self" && name !== "this");
}
