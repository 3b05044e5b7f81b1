import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { chatPage, selectLines } from "./chatPage.ts";
import { eventually } from "./eventually.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** What the editor needs to take up what was done. */
const WITHIN_MS = 10_000;

describe("code actions", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 100 } }, settings: { "editor.minimap.enabled": false } },
    (opened) => ({ workbench } = opened),
  );

  const editorText = async () => readFile(join(workbench.workspaceFolder, "src", "invoice.ts"), "utf8");

  it("fix the selected function in a diff, and write the file only when accepted, as one undo step", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    await selectLines(page, 16, 22);
    await page.keyboard.press("Control+.");
    await page.getByText("Fix with Waybill").click();
    await page.locator(".tab.active", { hasText: "Waybill: fix of" }).waitFor();
    await fixIsReady(page);
    await workbench.screenshot("fix-diff");
    assert.match(await editorText(), /i <= lines\.length/);

    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await page.locator(".tab.active", { hasText: "invoice.ts" }).waitFor();
    await page.locator(".tab", { hasText: "Waybill: fix of" }).waitFor({ state: "detached" });
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.match(await editorText(), /i < lines\.length/), WITHIN_MS);
    await workbench.screenshot("fix-accepted");

    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.match(await editorText(), /i <= lines\.length/), WITHIN_MS);
  });

  it("drop a fix without touching the file", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    await workbench.runCommand("Waybill: Fix with Waybill");
    await fixIsReady(page);
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
    await page.locator(".tab", { hasText: "Waybill: fix of" }).waitFor({ state: "detached" });
    assert.match(await editorText(), /i <= lines\.length/);
  });

  it("explain the selection in the chat", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 24, 26);
    await page.keyboard.press("Control+.");
    await page.getByText("Explain with Waybill").click();
    const chat = await chatPage(workbench);
    await chat.lastWaybill();
    assert.match(await chat.lastText(), /taxCents/);
    assert.match(await chat.unfoldLastWaybill(), /by the command you used/);
  });

  it("show the connection's state line by line", async () => {
    const { page } = workbench;
    await workbench.runCommand("Waybill: Test Connection");
    await page.getByPlaceholder("Everything works.").waitFor();
    const list = page.locator(".quick-input-widget:visible .quick-input-list");
    for (const part of [
      /gateway http:\/\/127/,
      /offers \d+ models/,
      /accepted\./,
      /can be read and written/,
      /can be kept/,
    ]) {
      await list.getByText(part).first().waitFor();
    }
    await workbench.screenshot("test-connection");
    await page.keyboard.press("Escape");
  });
});

async function fixIsReady(page: Page): Promise<void> {
  const message = page.locator(".notification-list-item-message");
  await message.getByText(/The fix is ready: .*\$0\.0/).waitFor({ timeout: 30_000 });
}
