import assert from "node:assert/strict";
import { buildInlineMessages, refineMessages } from "../../../src/core/conversation/buildInlineMessages.ts";

const CODE = { label: "a.ts:3-3", languageId: "ts", text: "let a;", diagnostics: [] };
const ABOVE = { label: "a.ts:1-2", languageId: "ts", text: "// top", note: "above the place", diagnostics: [] };

describe("the messages of an inline edit", () => {
  it("show what is around first and the code last, so that the last block is what is meant", () => {
    const [system, user] = buildInlineMessages({ instruction: "Do it", kind: "rewrite", code: CODE, around: [ABOVE] });
    assert.match(system?.content ?? "", /exactly one fenced code block/);
    assert.equal(
      user?.content,
      "Do it\n\na.ts:1-2 (above the place):\n```ts\n// top\n```\n\na.ts:3-3:\n```ts\nlet a;\n```",
    );
  });

  it("need no code where new code is asked for", () => {
    const [system, user] = buildInlineMessages({ instruction: "Do it", kind: "generate", code: undefined, around: [] });
    assert.match(system?.content ?? "", /only the new code/);
    assert.equal(user?.content, "Do it");
  });

  it("go on from the answer before when it is refined", () => {
    const first = buildInlineMessages({ instruction: "Do it", kind: "rewrite", code: CODE, around: [] });
    const refined = refineMessages(first, "```\nlet b;\n```", "Use const");
    assert.deepEqual(
      refined.map(({ role }) => role),
      ["system", "user", "assistant", "user"],
    );
    assert.match(refined.at(-1)?.content ?? "", /^Use const\n\nAnswer again/);
  });
});
