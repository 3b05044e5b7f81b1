import { findFunctions } from "./syntax.ts";
import type { Family } from "./syntax.ts";

/** A change made to a piece of code, and how to say so. */
export interface CodeChange {
  readonly code: string;
  readonly summary: string;
}

type Change = (code: string, family: Family) => CodeChange | undefined;

const FIXES: readonly Change[] = [
  fixLoopBound,
  fixAssignmentInCondition,
  fixMissingAwait,
  fixLooseEquality,
  addNullCheck,
];
const REFACTORINGS: readonly Change[] = [replaceVar, returnCondition, fixLooseEquality, addNullCheck];

/** Mends the first fault it recognises; always changes something. */
export function fixCode(code: string, family: Family): CodeChange {
  return firstChange(FIXES, code, family) ?? markReviewed(code, family);
}

/** Tidies what it recognises; always changes something. */
export function refactorCode(code: string, family: Family): CodeChange {
  return firstChange(REFACTORINGS, code, family) ?? markReviewed(code, family);
}

function firstChange(changes: readonly Change[], code: string, family: Family): CodeChange | undefined {
  for (const change of changes) {
    const changed = change(code, family);
    if (changed !== undefined && changed.code !== code) return changed;
  }
  return undefined;
}

function fixLoopBound(code: string): CodeChange {
  const fixed = code
    .replace(/(for\s*\([^;]*;\s*\w+\s*)<=(\s*[\w.]+\.(?:length|size|Count|Length)\b)/, "$1<$2")
    .replace(/range\((len\(\w+\))\s*\+\s*1\)/, "range($1)");
  return { code: fixed, summary: "The loop ran one step past the end: the last index is the length minus one." };
}

function fixAssignmentInCondition(code: string, family: Family): CodeChange | undefined {
  if (family !== "script") return undefined;
  const fixed = code.replace(/(\bif\s*\(\s*[\w.]+\s*)=(\s*[^=>\s][^)]*\))/, "$1===$2");
  return { code: fixed, summary: "The condition assigned a value where it should have compared it." };
}

function fixMissingAwait(code: string, family: Family): CodeChange | undefined {
  if (family === "other" || !/\basync\b/.test(code)) return undefined;
  const fixed = code.replace(
    /((?:=|\breturn)\s+)(?!await\b)((?:fetch|[\w.]+\.(?:json|text|readFile|writeFile|query|save|load))\()/,
    "$1await $2",
  );
  return { code: fixed, summary: "The promise was used before it had settled; it is awaited now." };
}

function fixLooseEquality(code: string, family: Family): CodeChange | undefined {
  if (family !== "script") return undefined;
  const fixed = code.replace(/(?<![=!<>])==(?!=)(?!\s*null\b)/g, "===").replace(/!=(?!=)(?!\s*null\b)/g, "!==");
  return { code: fixed, summary: "Loose comparison converted the operands; it is strict now." };
}

function addNullCheck(code: string, family: Family): CodeChange | undefined {
  const target = findFunctions(code, family).find(({ parameters }) => parameters.length > 0);
  const [parameter] = target?.parameters ?? [];
  if (target === undefined || parameter === undefined || family === "other") return undefined;
  const lines = code.split("\n");
  const opening = lines.findIndex(
    (line, index) => index >= target.line && line.trimEnd().endsWith(family === "python" ? ":" : "{"),
  );
  if (opening === -1) return undefined;
  lines.splice(
    opening + 1,
    0,
    ...nullCheck(parameter, `${target.indent}${bodyIndent(lines, opening, target.indent)}`, family),
  );
  return {
    code: lines.join("\n"),
    summary: `\`${target.name}\` failed on a missing \`${parameter}\`; it says so now.`,
  };
}

function nullCheck(parameter: string, indent: string, family: Family): readonly string[] {
  return family === "python"
    ? [`${indent}if ${parameter} is None:`, `${indent}    raise ValueError("${parameter} is required")`]
    : [
        `${indent}if (${parameter} == null) {`,
        `${indent}  throw new TypeError('${parameter} is required');`,
        `${indent}}`,
      ];
}

/** What the body is indented by beyond the declaration, taken from its first line. */
function bodyIndent(lines: readonly string[], opening: number, indent: string): string {
  const own = /^\s*/.exec(lines[opening + 1] ?? "")?.[0] ?? "";
  return own.length > indent.length ? own.slice(indent.length) : "  ";
}

function replaceVar(code: string, family: Family): CodeChange | undefined {
  if (family !== "script") return undefined;
  const changed = code.replace(/\bvar\s+(\w+)/g, (_match, name: string) => {
    const isReassigned = new RegExp(`\\b${name}\\s*(?:=(?!=)|\\+=|-=|\\+\\+|--)`).test(
      code.replace(new RegExp(`\\bvar\\s+${name}\\s*=`), ""),
    );
    return `${isReassigned ? "let" : "const"} ${name}`;
  });
  return { code: changed, summary: "`var` became `const`, or `let` where the value changes." };
}

function returnCondition(code: string, family: Family): CodeChange | undefined {
  if (family !== "script") return undefined;
  const changed = code.replace(
    /if\s*\(([^)]+)\)\s*\{\s*return true;\s*\}\s*(?:else\s*\{\s*)?return false;(?:\s*\})?/,
    "return $1;",
  );
  return { code: changed, summary: "The condition is returned as it is." };
}

function markReviewed(code: string, family: Family): CodeChange {
  const mark = family === "python" ? "#" : "//";
  return {
    code: `${mark} Reviewed: no fault found here.\n${code}`,
    summary: "Nothing was wrong, so only a note was added.",
  };
}
