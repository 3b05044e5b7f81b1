import assert from "node:assert/strict";
import { isOfInputMethod } from "../../src/webview/shared/isOfInputMethod.ts";

describe("a key of an input method", () => {
  const ENTER = 13;

  it("is known while a word is composed, and by its code when the browser ended the composition first", () => {
    assert.ok(isOfInputMethod({ isComposing: true, keyCode: ENTER }));
    assert.ok(isOfInputMethod({ isComposing: true, keyCode: 229 }));
    assert.ok(isOfInputMethod({ isComposing: false, keyCode: 229 }));
  });

  it("is no key that the person means for the page", () => {
    assert.ok(!isOfInputMethod({ isComposing: false, keyCode: ENTER }));
  });
});
