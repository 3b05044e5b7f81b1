import assert from "node:assert/strict";
import fc from "fast-check";
import { MessageBox } from "../../src/extension/features/commitMessage/messageBox.ts";

describe("the box of a commit message", () => {
  it("takes what arrives, and is as before when it is given up", () => {
    const box = { value: "about the tax" };
    const message = new MessageBox(box);
    message.write("fix");
    message.write("fix: round once");
    assert.equal(box.value, "fix: round once");
    message.restore();
    assert.equal(box.value, "about the tax");
  });

  it("leaves what the person types meanwhile, and gives it back when it is replaced after all", () => {
    const box = { value: "" };
    const message = new MessageBox(box);
    message.write("fix: ro");
    box.value = "mine";
    message.write("fix: round once");
    message.restore();
    assert.deepEqual([box.value, message.isOurs], ["mine", false]);
    assert.equal(message.replace("fix: round once"), "mine");
    assert.equal(box.value, "fix: round once");
  });

  it("writes nothing for another commit, unless the person says so", () => {
    const box = { value: "" };
    const message = new MessageBox(box);
    message.write("fix: ro");
    message.leave();
    box.value = "";
    message.write("fix: round once");
    message.restore();
    assert.deepEqual([box.value, message.isOurs], ["", false]);
    message.replace("fix: round once");
    assert.equal(box.value, "fix: round once");
  });

  it("takes the editor's late word for its own", () => {
    const box = { value: "" };
    const message = new MessageBox(box);
    message.write("fix");
    message.write("fix: round");
    box.value = "fix";
    message.write("fix: round once");
    assert.equal(box.value, "fix: round once");
  });

  it("never loses what the person typed", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("type"), text: fc.string({ minLength: 1 }) }),
      fc.record({ kind: fc.constantFrom("write", "restore", "replace"), text: fc.string({ minLength: 1 }) }),
    );
    fc.assert(
      fc.property(fc.string(), fc.array(step), (before, steps) => {
        const box = { value: before };
        const message = new MessageBox(box);
        for (const { kind, text } of steps) {
          const standing = box.value;
          if (kind === "type") box.value = `typed ${text}`;
          if (kind === "write") message.write(`ours ${text}`);
          if (kind === "restore") message.restore();
          const isKept = box.value === standing || !standing.startsWith("typed ") || kind === "type";
          assert.ok(kind === "replace" ? message.replace(`ours ${text}`) === standing : isKept);
        }
      }),
    );
  });
});
