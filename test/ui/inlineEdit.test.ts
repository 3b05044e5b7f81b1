import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { selectLines } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { lastVerdict, queryLedger } from "./ledgerFile.ts";
import { sentToModels } from "./sentToModels.ts";
import { TAKES_PICTURES } from "./pictures.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** What the editor needs to take up what was done. */
const WITHIN_MS = 15_000;

describe("an inline edit", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    {
      simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 100 } },
      settings: { "editor.minimap.enabled": false, "files.autoSave": "off" },
    },
    (opened) => ({ simulator, workbench } = opened),
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

  const shownText = async (page: Page) =>
    (await page.locator(".editor-instance .view-lines").first().innerText()).replaceAll("\u00A0", " ");
  /** What the editor has put aside of unsaved files, a moment after they were changed. */
  const backups = async () => {
    const folder = join(dirname(dirname(workbench.storageFolder)), "Backups");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")))).join(
      "\n",
    );
  };
  const lastSent = () => sentToModels(simulator).at(-1) ?? "";
  const lastModel = () => /"model":"([^"]+)"/u.exec(lastSent())?.[1];
  const untilSent = (what: RegExp) => eventually(async () => assert.match(lastSent(), what), WITHIN_MS);

  it("rewrites a function: two changes taken, one not, and one Undo brings it back", async () => {
    const { page } = workbench;
    const before = await fileText();
    await rename(page);
    await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `inline-edit-${theme}`));
    if (TAKES_PICTURES) {
      await workbench.switchTheme("highContrastLight");
      await fadedScreenshot(workbench, "inline-edit-highContrastLight");
    }
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
    const counted = () =>
      Object.values(
        queryLedger(
          workbench,
          "SELECT accepted_lines, proposed_lines, edited_lines FROM outcome ORDER BY at_ms DESC LIMIT 1",
        )[0] ?? {},
      );
    assert.deepEqual(counted(), [4, 6, null]);

    // The cursor alone.
    await selectLines(page, 17, 16);
    await page.keyboard.press("End");
    await page.keyboard.type(";");
    await eventually(async () => assert.deepEqual(counted(), [4, 6, 1]), WITHIN_MS);
    assert.deepEqual(lastVerdict(workbench), verdict);
    await page.keyboard.press("ControlOrMeta+z");

    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.equal(await fileText(), before), WITHIN_MS);
    await eventually(async () => assert.equal(lastVerdict(workbench).at(-1), "undone"), WITHIN_MS);
    // Half a renaming leaves an error; a notice of it would take the next Escape.
    await workbench.runCommand("Notifications: Clear All Notifications");
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

  it("takes along what is mentioned, and asks again: refined, of a stronger model, of another", async () => {
    const { page } = workbench;
    const before = await fileText();
    const [, total = ""] = /(export function totalCents[^]*?\n\})/u.exec(before) ?? [];
    const content = `\`\`\`ts\n${total.replaceAll("total ", "sum ").replace("return total;", "return sum;")}\n\`\`\``;
    simulator.faultNext(Array.from({ length: 4 }, () => ({ kind: "answer", content })));
    const whole = lens(page, /^3 changes · /u);
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    await page.keyboard.press("ControlOrMeta+i");
    await input(page).pressSequentially("rename total to sum as in @dates");
    await page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: "dates.ts" }).first().waitFor();
    await fadedScreenshot(workbench, "inline-edit-mention");
    await input(page).press("Enter");
    await eventually(async () => assert.match(await input(page).inputValue(), /as in @\S*dates\.ts $/u), WITHIN_MS);
    await input(page).press("Enter");
    await whole.waitFor({ timeout: 30_000 });
    assert.match(lastSent(), /export function addDays/u);
    const first = lastModel();

    await lens(page, /^Refine…$/u).click();
    await input(page).fill("and keep it short");
    await input(page).press("Enter");
    await untilSent(/let sum = 0;.*and keep it short/u);
    await simulator.settled();
    await whole.waitFor({ timeout: 30_000 });

    await fadedScreenshot(workbench, "inline-edit-stronger");
    await lens(page, /^(?:Try Stronger|Second Opinion) \(about \$\d[\d.]*\)$/u).click();
    await eventually(async () => assert.notEqual(lastModel(), first), WITHIN_MS);
    await simulator.settled();
    await whole.waitFor({ timeout: 30_000 });
    const verdict = ["inline-edit", "edit", "climbed"];
    await eventually(async () => assert.deepEqual(lastVerdict(workbench), verdict), WITHIN_MS);

    const second = lastModel();
    await lens(page, /^Other Model…$/u).click();
    await page.getByPlaceholder("Name of a model").waitFor();
    await page.locator(".quick-input-widget:visible .monaco-list-row").nth(3).click();
    await eventually(async () => assert.notEqual(lastModel(), second), WITHIN_MS);
    await simulator.settled();
    await whole.waitFor({ timeout: 30_000 });
    await lens(page, /^Reject All$/u).click();
    await page.locator('.tab.active[data-resource-name="invoice.ts"]:not(.dirty)').waitFor();
    assert.equal(await fileText(), before);
  });

  it("comes back after a reload as unsaved text, says what that is, and takes it back", async () => {
    const { page } = workbench;
    const before = await fileText();
    await rename(page);
    await eventually(async () => assert.match(await backups(), /let total = 0;\s*let sum = 0;/u), WITHIN_MS);
    await workbench.reloadWindow();
    await page.locator('.tab.dirty[data-resource-name="invoice.ts"]').waitFor();
    const notice = page.locator(".notification-toast", { hasText: "waited for your word" });
    await notice.waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "inline-edit-after-reload");
    await notice.getByRole("button", { name: "Take the Edit Back" }).click();
    await eventually(async () => assert.doesNotMatch(await shownText(page), /let sum/u), WITHIN_MS);
    assert.equal(await fileText(), before);
    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("ControlOrMeta+s");
    await page.locator('.tab.active[data-resource-name="invoice.ts"]:not(.dirty)').waitFor();
    assert.equal(await fileText(), before);
  });

  it("sends and changes nothing in Restricted Mode, and says why", async () => {
    const { page, storageFolder } = workbench;
    const settingsFile = join(dirname(dirname(storageFolder)), "settings.json");
    const settings = await readFile(settingsFile, "utf8");
    const trust = /"security\.workspace\.trust\.enabled":\s*false/u;
    assert.match(settings, trust);
    const sent = sentToModels(simulator).length;
    await writeFile(settingsFile, settings.replace(trust, '"security.workspace.trust.enabled":true'));
    try {
      await workbench.reloadWindow();
      await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
      await workbench.openFile("src/invoice.ts");
      // A window that is reloaded right after saving may bring the saved text back as unsaved.
      await workbench.runCommand("File: Revert File");
      await page.locator('.tab.active[data-resource-name="invoice.ts"]:not(.dirty)').waitFor();
      await selectLines(page, 16, 22);
      await page.keyboard.press("ControlOrMeta+i");
      await page.getByText("Waybill changes no files in Restricted Mode").first().waitFor();
      await fadedScreenshot(workbench, "inline-edit-restricted");
      assert.equal(await input(page).count(), 0);
      assert.equal(sentToModels(simulator).length, sent);
      await page.locator('.tab.active[data-resource-name="invoice.ts"]:not(.dirty)').waitFor();
    } finally {
      await writeFile(settingsFile, settings);
    }
  });
});
