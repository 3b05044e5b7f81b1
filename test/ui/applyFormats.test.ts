import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openNewChat } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const SEARCH_REPLACE = `src/invoice.ts
\`\`\`ts
<<<<<<< SEARCH
for (let i = 0; i <= lines.length; i++) {
  total +=
=======
for (let i = 0; i < lines.length; i++) {
  total +=
>>>>>>> REPLACE
\`\`\`
`.replaceAll("  total +=\n", "  total += lines[i].quantity * lines[i].unitPriceCents;\n");

/** Its numbers are wrong, as models' are. */
const DIFF = `\`\`\`diff
--- a/src/invoice.ts
+++ b/src/invoice.ts
@@ -90,3 +90,3 @@ export function taxCents
 export function taxCents(netCents: number, ratePercent: number): number {
-  return Math.round((netCents * ratePercent) / 100);
+  return Math.floor((netCents * ratePercent) / 100);
 }
\`\`\`
`;

const ABSENT = SEARCH_REPLACE.replaceAll("lines.length", "rows.length");

const SEVERAL = `src/dates.ts
\`\`\`ts
<<<<<<< SEARCH
export function addDays(date: Date, days: number): Date {
=======
export function addWholeDays(date: Date, days: number): Date {
>>>>>>> REPLACE
\`\`\`

\`\`\`ts src/rates.ts
export const RATE = 19;
\`\`\`
`;

const CONTROL = `\`\`\`diff
--- a/package.json
+++ b/package.json
@@ -3,1 +3,1 @@
-  "version": "1.0.0",
+  "version": "1.0.1",
\`\`\`
`;

/** What the editor needs to take up what was done. */
const WITHIN_MS = 15_000;

describe("code of an answer, applied", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let chat: ChatPage;
  // In a browser the editor saves by itself, and then changes are shown beside the document.
  const settings = { "editor.minimap.enabled": false, "files.autoSave": "off" };
  withWindow({ simulator: { pace: "instant" }, settings }, (opened) => ({ simulator, workbench } = opened));

  const read = (...path: readonly string[]) => readFile(join(workbench.workspaceFolder, ...path), "utf8");
  const answer = async (content: string): Promise<void> => {
    chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "answer", content });
    await chat.ask("Change it");
    await chat.lastWaybill();
  };
  const apply = async (): Promise<void> => {
    const block = chat.answers.last().locator(".code-block").last();
    await block.hover();
    const more = block.getByRole("button", { name: "More Actions" });
    if (await more.isVisible()) await more.click();
    const button = block.getByRole("button", { name: "Apply to File", exact: true });
    await button.focus();
    await button.press("Enter");
  };
  const lens = (text: string) =>
    workbench.page.locator(".codelens-decoration a").filter({ hasText: new RegExp(`^${text}$`, "u") });
  const save = async (): Promise<void> => {
    await lens("Accept All").waitFor({ state: "detached" });
    await workbench.page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await workbench.page.keyboard.press("ControlOrMeta+s");
  };

  for (const [name, content, from, to] of [
    ["a SEARCH/REPLACE block", SEARCH_REPLACE, "i <= lines.length", "i < lines.length"],
    ["a unified diff with wrong numbers", DIFF, "Math.round(", "Math.floor("],
  ] as const) {
    it(`changes the file that ${name} names, whichever is open, once that is accepted`, async () => {
      const before = await read("src", "invoice.ts");
      await workbench.openFile("src/dates.ts");
      await answer(content);
      await apply();
      await workbench.page.locator('.tab.active.dirty[data-resource-name="invoice.ts"]').waitFor();
      await lens("1 change · code of an answer").waitFor();
      assert.equal(await read("src", "invoice.ts"), before);
      await fadedScreenshot(workbench, `apply-${to.slice(0, 4).trim()}`);
      await lens("Accept All").click();
      await save();
      await eventually(async () => assert.equal(await read("src", "invoice.ts"), before.replace(from, to)), WITHIN_MS);
    });
  }

  it("changes nothing where a block does not match, and shows the place that is most like it", async () => {
    const before = await read("src", "invoice.ts");
    await answer(ABSENT);
    await apply();
    const notice = workbench.page.locator(".notification-toast", { hasText: "does not have the lines" });
    await notice.waitFor();
    await fadedScreenshot(workbench, "apply-absent");
    await notice.getByRole("button", { name: "Show Place" }).click();
    await workbench.page.locator('.tab.active[data-resource-name="invoice.ts"]').waitFor();
    assert.equal(await read("src", "invoice.ts"), before);
  });

  it("asks once more, by name, before a file is written that decides what is run", async () => {
    const before = await read("package.json");
    await answer(CONTROL);
    await apply();
    await lens("Accept All").click();
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText("package.json decides what is installed, built or run. Change it?").waitFor();
    await fadedScreenshot(workbench, "apply-control");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await read("package.json"), before);
    await lens("Reject All").click();
    await workbench.page.locator('.tab.active[data-resource-name="package.json"]:not(.dirty)').waitFor();
  });

  it("reviews several files as one change", async () => {
    const { page, workspaceFolder } = workbench;
    const before = await read("src", "dates.ts");
    await answer(SEVERAL);
    const button = chat.answers.last().getByText("Apply All (2 files)");
    await button.waitFor();
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `apply-all-${theme}`);
      await assertAccessible(page, "waybill-chat", theme);
    });
    await button.click();
    const preview = page.locator(".bulk-edit-panel");
    await preview.getByText("dates.ts").first().waitFor();
    await fadedScreenshot(workbench, "apply-all-preview");
    await assert.rejects(access(join(workspaceFolder, "src", "rates.ts")));
    for (const box of await preview.getByRole("checkbox").all()) if (!(await box.isChecked())) await box.click();
    await preview.getByRole("button", { name: "Apply", exact: true }).click();
    await eventually(async () => assert.equal(await read("src", "rates.ts"), "export const RATE = 19;\n"), WITHIN_MS);
    await eventually(async () => {
      const after = await read("src", "dates.ts");
      assert.equal(after, before.replace("function addDays(", "function addWholeDays("));
    }, WITHIN_MS);
  });
});
