import assert from "node:assert/strict";
import { mock } from "node:test";
import type { lendKeyboard as Lend } from "../../src/extension/features/chat/lendKeyboard.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

const LONG_MS = 1_000;

describe("a box that the chat opens", () => {
  let editor: EditorStage;
  let lendKeyboard: typeof Lend;
  let givenBack = 0;
  const giveBack = async () => void (givenBack += 1);

  before(async () => {
    editor = openEditorStage();
    ({ lendKeyboard } = await import("../../src/extension/features/chat/lendKeyboard.ts"));
  });
  after(() => editor.remove());
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    givenBack = 0;
  });
  afterEach(() => mock.timers.reset());

  it("gives the keyboard back once it is closed, also where it fails, and then watches nothing any more", async () => {
    assert.equal(await lendKeyboard(giveBack, async () => "typed"), "typed");
    assert.equal(editor.watchers.size, 1);
    mock.timers.tick(LONG_MS);
    assert.equal(givenBack, 1);
    await assert.rejects(
      lendKeyboard(giveBack, () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    mock.timers.tick(LONG_MS);
    assert.equal(givenBack, 2);
    assert.equal(editor.watchers.size, 0);
  });

  it("leaves it to whoever went to another place, also where that is told only after the box is closed", async () => {
    await lendKeyboard(giveBack, async () => editor.showOtherEditor());
    mock.timers.tick(LONG_MS);
    await lendKeyboard(giveBack, async () => undefined);
    editor.showOtherEditor();
    mock.timers.tick(LONG_MS);
    assert.equal(givenBack, 0);
  });
});
