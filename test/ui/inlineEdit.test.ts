import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { selectLines } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { lastVerdict } from "./ledgerFile.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** What the editor needs to take up what was done. */
const WITHIN_MS = 15_000;

describe("an inline edit", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow(
    {
      simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 100 } },
      settings: { "editor.minimap.enabled": false, "files.autoSave": "off" },
    },
    (opened) => ({ workbench } = opened),
  );

  const fileText = async () => readFile(join(workbench.workspaceFolder, "src", "invoice.ts"), "utf8");
  const input = (page: Page) => page.locator(".quick-input-widget:visible .quick-input-box input");
  const lens = (page: Page, text: RegExp) => page.locator(".codelens-decoration a", { hasText: text });

  /** Selects the function that adds up, and asks for its variable to be called otherwise. */
  async function rename(page: Page): Promise<void> {
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    await page.keyboard.press("ControlOrMeta+i");
    await input(page).waitFor();
    await input(page).fill("rename total to sum");
    await input(page).press("Enter");
    await lens(page, /3 changes · .*\$0\.0/).waitFor({ timeout: 30_000 });
  }

  it("rewrites a function: two changes taken, one not, and one Undo brings it back", async () => {
    const { page } = workbench;
    const before = await fileText();
    await rename(page);
    await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `inline-edit-${theme}`));
    await workbench.switchTheme("dark");

    await lens(page, /Accept 1 of 3/).click();
    await lens(page, /Accept 1 of 2/).waitFor();
    await fadedScreenshot(workbench, "inline-edit-one-accepted");
    await lens(page, /Reject$/)
      .first()
      .click();
    await lens(page, /Accept 1 of 1/).click();
    await lens(page, /Accept/)
      .first()
      .waitFor({ state: "detached" });
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    const expected = before.replace("let total = 0;", "let sum = 0;").replace("return total;", "return sum;");
    await eventually(async () => assert.equal(await fileText(), expected), WITHIN_MS);
    await fadedScreenshot(workbench, "inline-edit-done");
    const verdict = ["inline-edit", "edit", "partly-accepted"];
    await eventually(async () => assert.deepEqual(lastVerdict(workbench), verdict), WITHIN_MS);

    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.equal(await fileText(), before), WITHIN_MS);
    await eventually(async () => assert.equal(lastVerdict(workbench).at(-1), "undone"), WITHIN_MS);
  });

  it("asks by name before it is taken into a file that decides what runs", async () => {
    const { page } = workbench;
    await workbench.openFile("package.json");
    await selectLines(page, 2, 3);
    await page.keyboard.press("ControlOrMeta+i");
    await input(page).fill("rename demo to sample");
    await input(page).press("Enter");
    await lens(page, /^1 change · .*\$0\.0/).waitFor({ timeout: 30_000 });
    await lens(page, /^Accept All$/).click();
    const question = page.locator(".monaco-dialog-box");
    await question.getByText("package.json decides what is installed, built or run. Change it?").waitFor();
    await workbench.screenshot("inline-edit-control-file");
    await question.getByRole("button", { name: "Cancel" }).click();
    await lens(page, /^Accept All$/).waitFor();
    await lens(page, /^Reject All$/).click();
    await page.locator('.tab.active[data-resource-name="package.json"]:not(.dirty)').waitFor();
  });

  it("leaves a clean file behind after Escape", async () => {
    const { page } = workbench;
    await rename(page);
    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("Escape");
    await lens(page, /Accept/)
      .first()
      .waitFor({ state: "detached" });
    await page.locator('.tab.active[data-resource-name="invoice.ts"]:not(.dirty)').waitFor();
  });

  it("parks what waits when the file is saved, and shows it again", async () => {
    const { page } = workbench;
    const before = await fileText();
    await rename(page);
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await lens(page, /3 changes of Waybill wait/).waitFor();
    assert.equal(await fileText(), before);
    await fadedScreenshot(workbench, "inline-edit-parked");
    await lens(page, /Show Again/).click();
    await lens(page, /Reject All/).click();
    await lens(page, /Accept/)
      .first()
      .waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.equal(await fileText(), before), WITHIN_MS);
  });
});
