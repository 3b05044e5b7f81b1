import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { forbiddenCode } from "../setup/supplyChain/forbiddenCode.ts";

/** Each as a person would write it and as a bundler would leave it. */
const FORBIDDEN = [
  'import { spawn } from "node:child_process";',
  'var a=require("child_process")',
  'import { runInThisContext } from "node:vm";',
  "const answer = eval(code);",
  'return Function("return this")()',
  "new Function(text)",
  'setTimeout("alert(1)",5)',
  "await tasks.executeTask(task);",
  "new c.ShellExecution(line)",
  "terminal.shellIntegration?.executeCommand(line);",
  'window.createTerminal({ shellPath: "/bin/sh" })',
  "terminal.sendText(command);",
  "terminal.sendText(command, true);",
  "n.sendText(r.text(),!0)",
  "terminal.sendText(command, isRun);",
  'await import("https://example.org/code.js");',
  "await import(address);",
  'import x from"https://example.org/x.js"',
  "require(e)",
  'new Worker("x.js")',
  'document.createElement("script")',
  "env.createTelemetryLogger(sender)",
  "vscode.env.machineId",
];

const ALLOWED = [
  "terminal.sendText(command.text, false);",
  "n.sendText(r.text(),!1)",
  'require("./lateParts.cjs")',
  'await import("./late.ts");',
  "this._tickFormatFunction(t,e)",
  "x.retrieval(e)",
  "window.createTerminal()",
  'import { type TerminalShellExecution } from "vscode";',
];

describe("promise 20: nothing is run", () => {
  it("not by any of our sources", () => {
    const files = globSync("src/**/*.ts");
    assert.ok(files.length > 300, "the scan sees the code");
    assert.deepEqual(
      files.flatMap((file) => forbiddenCode(file, readFileSync(file, "utf8"))),
      [],
    );
  });

  for (const code of FORBIDDEN) {
    it(`and would be found: ${code}`, () => assert.notDeepEqual(forbiddenCode("x.ts", code), []));
  }

  for (const code of ALLOWED) {
    it(`and is not taken for it: ${code}`, () => assert.deepEqual(forbiddenCode("x.ts", code), []));
  }
});
