import assert from "node:assert/strict";
import fc from "fast-check";
import { buildShellMessages } from "../../../src/core/terminal/buildShellMessages.ts";
import { readCommand } from "../../../src/core/terminal/readCommand.ts";

describe("a command of an answer", () => {
  const check = (name: string, [answer, command]: readonly [string, string | undefined]) =>
    it(`is ${command === undefined ? "not taken out of" : "taken out of"} ${name}`, () =>
      assert.equal(readCommand(answer), command));
  check("a block", ["```sh\ngit status\n```", "git status"]);
  check("a block among words", ["Run this:\n\n```bash\nls -la\n```\n\nIt lists.", "ls -la"]);
  check("one line", ["git status --short", "git status --short"]);
  check("inline code", ["`git status`", "git status"]);
  check("a shown session", ["```\n$ npm test\n```", "npm test"]);
  check("two lines, which become one", ["```\ncd web\nnpm test\n```", "cd web && npm test"]);
  check("comments", ["```\n# first\nls\n```", "ls"]);
  check("a continued line", ["```\ndocker run \\\n  -it alpine\n```", "docker run  -it alpine"]);
  check("a loop over lines", ["```\nfor x in *; do\n  echo $x\ndone\n```", undefined]);
  check("a here-document", ["```\ncat <<EOF > a\ntext\nEOF\n```", undefined]);
  check("words alone", ["You could use git.\nOr not.", undefined]);
  check("nothing", ["", undefined]);

  it("is one line, whatever the answer is", () => {
    const part = fc.oneof(
      fc.constantFrom("```", "\n", "\r", "$ ", "\\", "&&", "<<"),
      fc.string({ unit: "binary-ascii" }),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const command = readCommand(parts.join(""));
        assert.ok(command === undefined || !/[\n\r]/.test(command));
      }),
    );
  });

  it("is asked for with the shell's name", () => {
    const [, asked] = buildShellMessages("find big files", { shell: "zsh", platform: "darwin" });
    assert.match(asked?.content ?? "", /zsh on darwin[^]*find big files/);
  });
});
