import { fence } from "./codeBlock.ts";
import type { CodeBlock } from "./codeBlock.ts";
import { wordsOf } from "./documentCode.ts";
import { findFunctions } from "./syntax.ts";
import type { Family, FoundFunction } from "./syntax.ts";

/** A Markdown answer about a piece of code: what it declares, a table of parameters, an example call. */
export function explainCode(block: CodeBlock, family: Family): string {
  const functions = findFunctions(block.code, family);
  const lineCount = block.code.trimEnd().split("\n").length;
  const [first] = functions;
  if (first === undefined) return explainPlain(block, lineCount);
  return [
    "## What it does",
    `These ${lineCount} lines declare ${functions.map(({ name }) => `\`${name}\``).join(", ")}.`,
    functions.map((found) => `- **\`${found.name}\`** ${describe(found)}`).join("\n"),
    "## Parameters",
    parameterTable(functions),
    "## How to call it",
    fence({ language: block.language, code: exampleCall(first, family) }),
    "> Mind the edges: empty input and missing values deserve a test of their own.",
  ].join("\n\n");
}

function explainPlain(block: CodeBlock, lineCount: number): string {
  const firstLine = block.code.trim().split("\n")[0] ?? "";
  return [
    "## What it does",
    `These ${lineCount} lines run from top to bottom and declare no function of their own. They begin with:`,
    fence({ language: block.language, code: firstLine }),
    "1. The values they need are set up first.\n2. The work follows.\n3. What remains is the result.",
    "| part | purpose |\n|---|---|\n| first line | sets the scene |\n| the rest | does the work |",
  ].join("\n\n");
}

function describe({ name, parameters, isAsync }: FoundFunction): string {
  const takes =
    parameters.length === 0
      ? "takes nothing"
      : `takes ${parameters.map((parameter) => `\`${parameter}\``).join(" and ")}`;
  return `${takes}${isAsync ? ", is asynchronous" : ""} and is there to ${wordsOf(name)}.`;
}

function parameterTable(functions: readonly FoundFunction[]): string {
  const rows = functions.flatMap(({ name, parameters }) =>
    parameters.map((parameter) => `| \`${name}\` | \`${parameter}\` | the ${wordsOf(parameter)} it works on |`),
  );
  return [
    "| function | parameter | meaning |",
    "|---|---|---|",
    ...(rows.length > 0 ? rows : ["| – | – | nothing to pass |"]),
  ].join("\n");
}

function exampleCall({ name, parameters, isAsync }: FoundFunction, family: Family): string {
  const call = `${isAsync ? "await " : ""}${name}(${parameters.join(", ")})`;
  return family === "script" ? `const result = ${call};` : `result = ${call}`;
}
