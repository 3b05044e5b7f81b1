import type { CodeChange } from "./codeChanges.ts";
import { findFunctions } from "./syntax.ts";
import type { Family, FoundFunction } from "./syntax.ts";

/** Puts a doc comment on every function that has none. */
export function documentCode(code: string, family: Family): CodeChange {
  const lines = code.split("\n");
  for (const found of findFunctions(code, family).toReversed()) {
    if (family === "python") lines.splice(found.line + 1, 0, ...docstring(found));
    else if (!isDocumented(lines, found.line)) lines.splice(found.line, 0, ...docComment(found));
  }
  const documented = lines.join("\n");
  if (documented !== code) return { code: documented, summary: "Every function says now what it does and takes." };
  return {
    code: `/** Documented by hand: this part declares no function. */\n${code}`,
    summary: "There was no function to document.",
  };
}

/** The words of a camel or snake case name. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()
    .trim();
}

function isDocumented(lines: readonly string[], line: number): boolean {
  return /\*\/\s*$|^\s*\/\/\//.test(lines[line - 1] ?? "");
}

function docComment({ name, parameters, indent }: FoundFunction): readonly string[] {
  const parameterLines = parameters.map(
    (parameter) => `${indent} * @param ${parameter} the ${wordsOf(parameter)} to use`,
  );
  return [`${indent}/**`, `${indent} * ${sentenceOf(name)}`, ...parameterLines, `${indent} */`];
}

function docstring({ name, parameters, indent }: FoundFunction): readonly string[] {
  const inner = `${indent}    `;
  if (parameters.length === 0) return [`${inner}"""${sentenceOf(name)}"""`];
  return [
    `${inner}"""${sentenceOf(name)}`,
    "",
    `${inner}Args:`,
    ...parameters.map((parameter) => `${inner}    ${parameter}: the ${wordsOf(parameter)} to use`),
    `${inner}"""`,
  ];
}

function sentenceOf(name: string): string {
  const words = wordsOf(name);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
