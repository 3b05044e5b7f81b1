import assert from "node:assert/strict";
import fc from "fast-check";
import {
  buildChatMessages,
  buildRewriteMessages,
  questionWithCode,
} from "../../../src/core/conversation/buildMessages.ts";
import { readCodeBlock } from "../../../src/core/edits/readCodeBlock.ts";

describe("what is sent to a model", () => {
  it("holds instructions, what was said before, and the question with its code, in this order", () => {
    const code = { label: "src/a.ts:1-2", languageId: "typescript", text: "let a;", diagnostics: [] };
    const messages = buildChatMessages([{ role: "user", content: "before" }], "and now?", [code]);
    assert.deepEqual(
      messages.map(({ role }) => role),
      ["system", "user", "user"],
    );
    assert.equal(messages[2]?.content, "and now?\n\nsrc/a.ts:1-2:\n```typescript\nlet a;\n```");
  });

  it("names the problems of the code when a fix is wanted", () => {
    const code = { label: "a.ts:1-1", languageId: "typescript", text: "x", diagnostics: ["line 1: no x"] };
    assert.match(
      buildRewriteMessages("Fix the problems of this code.", code)[1]?.content ?? "",
      /Fix the problems.*Problems reported there:\n- line 1: no x/s,
    );
  });

  it("shows how things are defined behind the code that is to be replaced, and says that they are not", () => {
    const code = { label: "a.ts:1-1", languageId: "typescript", text: "use();", diagnostics: [] };
    const nearby = {
      id: "nearby:",
      kind: "nearby",
      label: "nearby: use",
      languageId: "",
      text: "b.ts:1-1:\n…",
    } as const;
    const content = buildRewriteMessages("Fix this.", code, [{ ...nearby, diagnostics: [] }])[1]?.content ?? "";
    assert.match(content, /^Fix this\. Replace the first block only\..*use\(\);.*nearby: use:\n\nb\.ts:1-1:/s);
    assert.equal(
      buildRewriteMessages("Fix this.", code, [])[1]?.content,
      buildRewriteMessages("Fix this.", code)[1]?.content,
    );
  });

  it("fences code so that nothing in it can close the fence", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("`", "``", "```", "````", "\n", "a", " ")), (pieces) => {
        const text = pieces.join("");
        const content = questionWithCode("q", [{ label: "f", languageId: "md", text, diagnostics: [] }]);
        const read = readCodeBlock(content.slice("q\n\nf:\n".length));
        assert.equal(read.isClosed, true);
        assert.equal(read.code, text);
      }),
    );
  });
});
