import assert from "node:assert/strict";
import type { ChatChange, MessageView } from "../../src/protocol/chatMessages.ts";
import { reduce } from "../../src/webview/chat/reduce.ts";
import { initialViewState, type ViewInput } from "../../src/webview/chat/viewState.ts";

function question(id: string): MessageView {
  return { role: "user", id, text: `text of ${id}`, attachments: [] };
}

const WHOLE: ViewInput = {
  type: "snapshot",
  sequence: 1,
  state: {
    chatId: "c",
    keyState: "present",
    draft: "",
    pendingAttachments: [],
    history: [],
    messages: ["a", "b", "c", "d"].map(question),
  },
};

function after(...inputs: readonly (ViewInput | ChatChange)[]) {
  const all = inputs.map((input): ViewInput =>
    "kind" in input ? { type: "delta", sequence: 2, change: input } : input,
  );
  const { chat } = [WHOLE, ...all].reduce(reduce, initialViewState);
  const { messages = [], earlier, firstQuestion } = chat ?? {};
  return { ids: messages.map(({ id }) => id).join(""), earlier, firstQuestion };
}

const LEFT: ViewInput = { type: "earlier-left", beforeId: "c" };

describe("messages that the view lets go of", () => {
  it("are counted, and the first question stays known", () => {
    assert.deepEqual(after(LEFT), { ids: "cd", earlier: 2, firstQuestion: "text of a" });
    assert.deepEqual(after(LEFT, { ...LEFT, beforeId: "d" }), { ids: "d", earlier: 3, firstQuestion: "text of a" });
  });

  it("are none where the message is the first one or is not there", () => {
    assert.deepEqual(after({ ...LEFT, beforeId: "a" }), after());
    assert.deepEqual(after({ ...LEFT, beforeId: "z" }), after());
    assert.equal(reduce(initialViewState, LEFT), initialViewState);
  });

  it("come back before the message that they were asked for, and nowhere else", () => {
    const page = { kind: "earlier-added", beforeId: "c", messages: [question("b")], earlier: 1 } as const;
    assert.deepEqual(after(LEFT, page), { ids: "bcd", earlier: 1, firstQuestion: "text of a" });
    assert.deepEqual(after(LEFT, page, page), after(LEFT, page));
    const rest = { kind: "earlier-added", beforeId: "c", messages: ["a", "b"].map(question), earlier: 0 } as const;
    assert.deepEqual(after(LEFT, rest), after());
  });

  it("may be where another branch begins, which is shown from there", () => {
    const branch = (keep: number): ChatChange => ({ kind: "path-changed", keep, messages: [question("x")] });
    assert.deepEqual(after(LEFT, branch(3)), { ids: "cx", earlier: 2, firstQuestion: "text of a" });
    assert.deepEqual(after(LEFT, branch(1)), { ids: "x", earlier: 1, firstQuestion: "text of a" });
    assert.deepEqual(after(LEFT, branch(0)), { ids: "x", earlier: undefined, firstQuestion: undefined });
  });
});
