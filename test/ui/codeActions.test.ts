import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { chatPage, selectLines } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { lastVerdict } from "./ledgerFile.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** What the editor needs to take up what was done. */
const WITHIN_MS = 10_000;
const MENU_MS = 5_000;
const LIGHT_BULB_MS = 45_000;

/** The menu does not open, or closes again, while a busy machine still looks for problems and what could be done about them. */
async function clickInLightBulb(page: Page, action: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press("Control+.");
    await page.getByText(action).click({ timeout: MENU_MS });
  }, LIGHT_BULB_MS);
}

describe("code actions", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 100 } }, settings: { "editor.minimap.enabled": false } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const invoiceFile = () => join(workbench.workspaceFolder, "src", "invoice.ts");
  const editorText = async () => readFile(invoiceFile(), "utf8");
  let original: string;
  before(async () => (original = await editorText()));
  // A test that comes again may have changed it; VS Code takes up what is on the disk.
  beforeEach(async () => {
    if ((await editorText()) !== original) await writeFile(invoiceFile(), original);
  });

  it("fix the selected function in a diff, and write the file only when accepted, as one undo step", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
    await selectLines(page, 16, 22);
    await clickInLightBulb(page, "Fix with Waybill");
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
    const verdict = ["fix", "fix", "accepted"];
    await eventually(async () => assert.deepEqual(lastVerdict(workbench), verdict), WITHIN_MS);

    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.match(await editorText(), /i <= lines\.length/), WITHIN_MS);
  });

  it("drop a fix without touching the file", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    await workbench.runCommand("Waybill: Fix");
    await fixIsReady(page);
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
    await page.locator(".tab", { hasText: "Waybill: fix of" }).waitFor({ state: "detached" });
    assert.match(await editorText(), /i <= lines\.length/);
  });

  it("explain the selection in the chat", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 24, 26);
    await clickInLightBulb(page, "Explain with Waybill");
    const chat = await chatPage(workbench);
    await chat.lastWaybill();
    assert.match(await chat.lastText(), /taxCents/);
    assert.match(await chat.unfoldLastWaybill(), /by the command you used/);
  });

  it("document the function around the cursor", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await putCursor(page, 25);
    await workbench.runCommand("Waybill: Document");
    await page.locator(".tab.active", { hasText: "Waybill: documentation of src/invoice.ts:24-26" }).waitFor();
    await isReady(page, "The documentation is ready");
    await workbench.screenshot("document-diff");
    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await page.locator(".tab.active", { hasText: "invoice.ts" }).waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(
      async () => assert.match(await editorText(), /\*\/\nexport function taxCents\(netCents/),
      WITHIN_MS,
    );
    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.doesNotMatch(await editorText(), /\*\//), WITHIN_MS);
  });

  it("write a test file where the project keeps its tests, once its diff was accepted", async () => {
    const { page } = workbench;
    const tests = join(workbench.workspaceFolder, "src", "dates.test.ts");
    await workbench.openFile("src/dates.ts");
    await putCursor(page, 4);
    await workbench.runCommand("Waybill: Write Tests");
    await page.locator(".tab.active", { hasText: "Waybill: tests for src/dates.ts" }).waitFor();
    await isReady(page, "The tests are ready");
    await workbench.screenshot("tests-diff");
    assert.equal(existsSync(tests), false);
    await page.getByRole("button", { name: "Accept", exact: true }).click();
    await page.locator(".tab", { hasText: "Waybill: tests for" }).waitFor({ state: "detached" });
    await page.locator('.tab.active[data-resource-name="dates.test.ts"]').waitFor();
    await eventually(async () => assert.match(await readFile(tests, "utf8"), /describe\('addDays'/), WITHIN_MS);
    await workbench.screenshot("tests-accepted");
    const verdict = ["code-action", "test", "accepted"];
    await eventually(async () => assert.deepEqual(lastVerdict(workbench), verdict), WITHIN_MS);
    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("Control+z");
    await eventually(async () => assert.equal(existsSync(tests), false), WITHIN_MS);
    await eventually(async () => assert.equal(lastVerdict(workbench).at(-1), "undone"), WITHIN_MS);
  });

  it("extend the tests that are there, and leave them alone when the diff is dropped", async () => {
    const { page } = workbench;
    const tests = join(workbench.workspaceFolder, "src", "dates.test.ts");
    await writeFile(tests, "// the tests of dates\n");
    await workbench.openFile("src/dates.ts");
    await putCursor(page, 8);
    await workbench.runCommand("Waybill: Write Tests");
    await isReady(page, "The tests are ready");
    const asked = simulator.requests.filter(({ path }) => path.includes("chat")).at(-1);
    assert.match(JSON.stringify(asked?.body), /the tests that are there\):.*the tests of dates/);
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
    await page.locator(".tab", { hasText: "Waybill: tests for" }).waitFor({ state: "detached" });
    assert.equal(await readFile(tests, "utf8"), "// the tests of dates\n");
  });

  it("stand in a submenu of the editor, as far as they make sense there", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 24, 26);
    const items = page.locator(".monaco-menu .action-label");
    await picturedInEveryTheme(
      workbench,
      async (theme) => {
        await openSubmenu(page, "taxCents(netCents");
        await fadedScreenshot(workbench, `editor-menu-${theme}`);
        const labels = await items.allInnerTexts();
        const own = [
          "Explain",
          "Review Selection",
          "Fix",
          "Refactor…",
          "Simplify",
          "Add Types",
          "Document",
          "Write Tests",
        ];
        for (const label of own) assert.ok(labels.includes(label), `${label} is not among ${labels.join(", ")}`);
      },
      () => leaveMenu(page),
    );
    await leaveMenu(page);

    await workbench.openFile("README.md");
    await openSubmenu(page, "#");
    const labels = await items.allInnerTexts();
    assert.ok(labels.includes("Refactor…") && labels.includes("Simplify"), labels.join(", "));
    for (const label of ["Add Types", "Write Tests", "Document"]) assert.ok(!labels.includes(label), label);
    await leaveMenu(page);
  });

  it("ask what to refactor, and take what is typed", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 24, 26);
    await workbench.runCommand("Waybill: Refactor…");
    const input = page.getByPlaceholder("What should be different? Choose, or type it");
    await input.waitFor();
    await page.locator(".quick-input-widget:visible").getByText("Split it into smaller functions").waitFor();
    await workbench.screenshot("refactor-offers");
    await input.fill("use a table of rates");
    await page.locator(".quick-input-widget:visible").getByText("as you typed it").waitFor();
    await input.press("Enter");
    await page.locator(".tab.active", { hasText: "Waybill: refactoring of src/invoice.ts:24-26" }).waitFor();
    await isReady(page, "The refactoring is ready");
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
    await page.locator(".tab", { hasText: "Waybill: refactoring of" }).waitFor({ state: "detached" });
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
  await isReady(page, "The fix is ready");
}

/** With the papers of the answer. */
async function isReady(page: Page, sentence: string): Promise<void> {
  const message = page.locator(".notification-list-item-message");
  await message.getByText(new RegExp(`${sentence}: .*\\$0\\.0`)).waitFor({ timeout: 30_000 });
}

/** Selects nothing. */
async function putCursor(page: Page, line: number): Promise<void> {
  await selectLines(page, line, line - 1);
}

/** On a line that holds this text; one outside of the selection takes it away. */
async function openSubmenu(page: Page, line: string): Promise<void> {
  await page.locator(".editor-instance .view-line", { hasText: line }).first().click({ button: "right" });
  const entry = page.locator(".monaco-menu .action-item", { hasText: /^Waybill/ });
  await entry.waitFor();
  await entry.hover();
  await page.locator(".monaco-menu .action-label", { hasText: "Refactor…" }).last().waitFor();
}

async function leaveMenu(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.locator(".monaco-menu").first().waitFor({ state: "detached" });
}
