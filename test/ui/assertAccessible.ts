import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const NODE_LENGTH = 160;

/** Only the document of our view, by its element: the workbench around it is not ours to mend. `when` is named in failures. */
export async function assertAccessible(page: Page, element: string, when: string): Promise<void> {
  const ours = ["iframe.webview", "iframe#active-frame", element];
  const results = await new AxeBuilder({ page }).include(ours.map((selector) => [selector]) as never).analyze();
  const found = results.violations.map(
    ({ id, nodes }) => `${when}: ${id}: ${nodes.map(({ html }) => html.slice(0, NODE_LENGTH)).join(" | ")}`,
  );
  assert.deepEqual(found, []);
}
