import type { CodeBlock } from "./codeBlock.ts";
import { wordsOf } from "./documentCode.ts";
import { findFunctions } from "./syntax.ts";
import type { Family, FoundFunction } from "./syntax.ts";

/** A test file for the functions of a piece of code. */
export function writeTest(block: CodeBlock, family: Family): CodeBlock {
  const functions = findFunctions(block.code, family);
  const named =
    functions.length > 0 ? functions : [{ name: "subject", parameters: [], isAsync: false, line: 0, indent: "" }];
  if (family === "python") return { language: "python", code: named.map((found) => pythonTest(found)).join("\n\n\n") };
  const names = named.map(({ name }) => name).join(", ");
  const head = `import assert from 'node:assert/strict';\nimport { describe, it } from 'node:test';\n\nimport { ${names} } from './subject.js';\n`;
  return {
    language: block.language || "typescript",
    code: `${head}\n${named.map((found) => scriptTest(found)).join("\n\n")}\n`,
  };
}

function scriptTest({ name, parameters, isAsync }: FoundFunction): string {
  const call = `${isAsync ? "await " : ""}${name}(${parameters.map((parameter) => exampleOf(parameter)).join(", ")})`;
  return [
    `describe('${name}', () => {`,
    `  it('can ${wordsOf(name)}', ${isAsync ? "async " : ""}() => {`,
    `    assert.notEqual(${call}, undefined);`,
    "  });",
    "",
    `  it('refuses missing arguments', ${isAsync ? "async " : ""}() => {`,
    isAsync ? `    await assert.rejects(async () => ${name}());` : `    assert.throws(() => ${name}());`,
    "  });",
    "});",
  ].join("\n");
}

function pythonTest({ name, parameters }: FoundFunction): string {
  return `def test_${name}():\n    assert ${name}(${parameters.map((parameter) => exampleOf(parameter)).join(", ")}) is not None`;
}

function exampleOf(parameter: string): string {
  if (/s$|list|array|items|values/i.test(parameter)) return "[1, 2, 3]";
  if (/count|number|index|size|length|^[a-z]$/i.test(parameter)) return "2";
  return `'${parameter}'`;
}
