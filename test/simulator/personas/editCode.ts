import { fixCode } from "./codeChanges.ts";
import type { CodeChange } from "./codeChanges.ts";
import { findFunctions } from "./syntax.ts";
import type { Family } from "./syntax.ts";

const RENAME_PATTERN = /\brename\s+(?:the\s+)?(?:\w+\s+)?[`"']?(\w+)[`"']?\s+(?:to|into|as)\s+[`"']?(\w+)[`"']?/i;

/** Follows the instructions it understands (rename, log, handle errors) and mends something otherwise. */
export function editCode(code: string, instruction: string, family: Family): CodeChange {
  const [, from, to] = RENAME_PATTERN.exec(instruction) ?? [];
  if (from !== undefined && to !== undefined && new RegExp(`\\b${from}\\b`).test(code)) {
    return {
      code: code.replace(new RegExp(`\\b${from}\\b`, "g"), to),
      summary: `\`${from}\` is called \`${to}\` now.`,
    };
  }
  if (/\blog(?:s|ging)?\b/i.test(instruction)) return addLogging(code, family) ?? fixCode(code, family);
  return fixCode(code, family);
}

function addLogging(code: string, family: Family): CodeChange | undefined {
  const [target] = findFunctions(code, family);
  if (target === undefined || family === "other") return undefined;
  const lines = code.split("\n");
  const opening = lines.findIndex(
    (line, index) => index >= target.line && line.trimEnd().endsWith(family === "python" ? ":" : "{"),
  );
  if (opening === -1) return undefined;
  const indent = `${target.indent}${family === "python" ? "    " : "  "}`;
  const values = target.parameters.join(", ");
  const call =
    family === "python" ? `print("${target.name}", ${values})` : `console.debug('${target.name}', { ${values} });`;
  lines.splice(opening + 1, 0, indent + call);
  return { code: lines.join("\n"), summary: `\`${target.name}\` logs its arguments now.` };
}
