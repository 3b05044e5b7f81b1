import assert from "node:assert/strict";

import { chatRequestSchema } from "../chat/chatRequest.ts";
import { codeBlocks } from "./codeBlock.ts";
import { writeAnswer } from "./writeAnswer.ts";

const SUM = `export function sum(values: number[]): number {
  let total = 0;
  for (let index = 0; index <= values.length; index += 1) {
    total += values[index] ?? 0;
  }
  return total;
}
`;
const LOAD = `async function load(url) {
  const response = fetch(url);
  return response.json();
}
`;
const DIFF = `diff --git a/src/money/round.ts b/src/money/round.ts
--- a/src/money/round.ts
+++ b/src/money/round.ts
@@ -1,3 +1,3 @@
-export function round(x) { return Math.floor(x); }
+export function round(x) { return Math.round(x); }
`;

function ask(content: string, fields: Readonly<Record<string, unknown>> = {}, model = "openai/gpt-4o-mini"): string {
  return writeAnswer(chatRequestSchema.parse({ messages: [{ role: "user", content }], ...fields }), model);
}

function askAbout(instruction: string, code: string, language = "ts"): string {
  return ask(`${instruction}\n\n\`\`\`${language}\n${code}\`\`\``);
}

function onlyBlock(answer: string): string {
  const blocks = codeBlocks(answer);
  assert.equal(blocks.length, 1);
  return blocks[0]?.code ?? "";
}

describe("what the simulated models say", () => {
  it("is the same for the same request, and may be longer from another model", () => {
    assert.equal(askAbout("Explain this", SUM), askAbout("Explain this", SUM));
    const lengths = [
      "openai/gpt-4o-mini",
      "x-ai/grok-4.6",
      "google/gemini-3.7-flash",
      "anthropic/claude-opus-5",
      "qwen/qwen3.7-flash",
    ];
    assert.ok(new Set(lengths.map((model) => ask("What is a monad?", {}, model).length)).size > 1);
  });

  it("explains code by its functions and parameters, in headings, a list, a table and a code block", () => {
    const answer = askAbout("Explain this code", SUM);
    assert.match(answer, /^## /m);
    assert.match(answer, /^- \*\*`sum`\*\*.*`values`/m);
    assert.match(answer, /^\|---/m);
    assert.equal(codeBlocks(answer).length, 1);
  });

  it("fixes an off-by-one and returns the whole code", () => {
    assert.equal(onlyBlock(askAbout("Fix the bug", SUM)), SUM.replace("<=", "<"));
  });

  it("adds a missing await", () => {
    assert.equal(
      onlyBlock(askAbout("There is an error here, please repair it", LOAD, "js")),
      LOAD.replace("= fetch", "= await fetch"),
    );
  });

  it("adds a check for a missing value when nothing else is wrong, in Python too", () => {
    const python = "def area(width, height):\n    return width * height\n";
    const fixed =
      'def area(width, height):\n    if width is None:\n        raise ValueError("width is required")\n    return width * height\n';
    assert.equal(onlyBlock(askAbout("Fix this", python, "python")), fixed);
  });

  it("documents every function and keeps the code", () => {
    const code = onlyBlock(askAbout("Add JSDoc comments", SUM));
    assert.ok(code.startsWith("/**\n * Sum.\n * @param values the values to use\n */\n") && code.endsWith(SUM));
  });

  it("refactors var", () => {
    const answer = askAbout("Refactor", 'var total = 0;\nvar name = "x";\ntotal += 1;\n', "js");
    assert.equal(onlyBlock(answer), 'let total = 0;\nconst name = "x";\ntotal += 1;\n');
  });

  it("renames what it is told to", () => {
    assert.equal(onlyBlock(askAbout("Rename `total` to `sumSoFar`", SUM)), SUM.replaceAll("total", "sumSoFar"));
  });

  it("gives the code alone when only code is wanted", () => {
    assert.match(askAbout("Fix it. Reply with only the code.", SUM), /^```ts\n[\s\S]*```$/);
  });

  it("always changes the code it is asked to fix, also when it cannot read the language", () => {
    const answer = askAbout("Fix this", "SELECT 1\n", "sql");
    assert.ok(onlyBlock(answer).endsWith("SELECT 1\n") && !onlyBlock(answer).startsWith("SELECT"));
  });

  it("keeps fences inside the code apart from its own", () => {
    const code = "const markdown = `\n```js\nx == 1\n```\n`;\n";
    const answer = ask(`Fix this\n\n\`\`\`\`js\n${code}\`\`\`\``);
    assert.equal(onlyBlock(answer), code.replace("==", "==="));
  });

  it("writes a test for the function shown", () => {
    assert.match(onlyBlock(askAbout("Write a unit test", SUM)), /describe\('sum'[\s\S]*sum\(\[1, 2, 3\]\)/);
  });

  it("writes a Conventional Commits message from a diff, bare or fenced", () => {
    for (const prompt of [`Write a commit message\n${DIFF}`, `Write a commit message\n\`\`\`diff\n${DIFF}\`\`\``]) {
      assert.equal(ask(prompt), "fix(money): correct round");
    }
  });

  it("writes a short title without quotes", () => {
    const messages = [
      { role: "system", content: "Write a short title for this chat." },
      { role: "user", content: "How do I parse the dates of a CSV file in Node?" },
    ];
    const title = ask("", { messages });
    assert.ok(title.split(" ").length <= 6 && !/["\n.]/.test(title));
  });

  it("answers a question with its words", () => {
    assert.match(ask("What is a monad?"), /monad[\s\S]*```typescript/);
  });

  it("fits a JSON schema when the request brings one", () => {
    const schema = { type: "object", properties: { task: { enum: ["fix", "explain"] }, sure: { type: "boolean" } } };
    const format = { type: "json_schema", json_schema: { name: "task", schema } };
    assert.equal(ask("Classify", { response_format: format }), '{"task":"fix","sure":true}');
  });
});

describe("how a prompt is understood", () => {
  const shown = `\n\n\`\`\`ts\n${SUM}\`\`\``;

  function check(prompt: string, heading: RegExp): void {
    it(`answers "${prompt.replace("\n", " ")}" with ${heading.source}`, () => {
      assert.match(ask(prompt + shown), heading);
    });
  }

  check("Fix this so that the test passes", /^### Fixed/);
  check("Explain why this test fails", /^## What it does/);
  check("File: src/test/fix.ts\nMake it async", /^### Changed/);
  check("Please review", /^## Review/);

  it("takes no question about titles or commits for an order to write one", () => {
    assert.match(ask("How do I set the page title in HTML?"), /^## /);
    assert.match(ask("What is a git commit?"), /^## /);
  });

  it("works on code shown earlier in the conversation", () => {
    const messages = [
      { role: "user", content: `Explain${shown}` },
      { role: "assistant", content: "It adds up." },
      { role: "user", content: "Now fix it" },
    ];
    assert.equal(onlyBlock(ask("", { messages })), SUM.replace("<=", "<"));
  });
});
