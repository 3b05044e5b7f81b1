import assert from "node:assert/strict";
import { buildTestMessages } from "../../../src/core/actions/buildTestMessages.ts";
import type { TestPlan } from "../../../src/core/testFiles/planTestFile.ts";

const code = { label: "src/cart.ts:1-2", languageId: "typescript", text: "export const cart = 1;", diagnostics: [] };
const existing = { ...code, label: "src/cart.test.ts:1-2", text: "test(cart);" };
const plan: TestPlan = { path: "src/cart.test.ts", state: "new", framework: "Vitest" };
const source = "src/cart.ts";

const asked = (order: Parameters<typeof buildTestMessages>[0]) => buildTestMessages(order)[1]?.content ?? "";

describe("what is sent for tests", () => {
  it("names the framework, the source and the new file, and shows the code last", () => {
    const text = asked({ plan, source, code, example: { ...existing, label: "src/a.test.ts" } });
    assert.match(text, /^Write tests for src\/cart\.ts with Vitest\. .*whole new file src\/cart\.test\.ts/);
    assert.ok(text.indexOf("src/a.test.ts (a test of this project") < text.indexOf("src/cart.ts:1-2"), text);
    assert.ok(text.endsWith("```typescript\nexport const cart = 1;\n```"), text);
  });

  it("asks for the whole of a file that is there, and shows it", () => {
    const text = asked({ plan: { ...plan, state: "existing" }, source, code, existing, focus: "3-9" });
    assert.match(text, /^Write tests for lines 3-9 of src\/cart\.ts .*keep the tests that are there/);
    assert.match(text, /\(the tests that are there\):\n```typescript\ntest\(cart\);/);
  });

  it("asks for the module alone where tests stand in the source", () => {
    const inside: TestPlan = { path: "src/cart.rs", state: "inside", framework: "Rust" };
    assert.match(asked({ plan: inside, source, code }), /the test module alone; it is put at the end/);
    assert.match(asked({ plan: inside, source, code, existing }), /takes the place of the present one/);
  });
});
