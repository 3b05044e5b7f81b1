import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { eventually } from "../setup/eventually.ts";
import { lastVerdict } from "./ledgerFile.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const REWRITTEN = `export function totalCents(lines: readonly InvoiceLine[]): number {
  return lines.reduce((total, line) => total + line.quantity * line.unitPriceCents, 0);
}`;

const ANSWER = `## The total
See \`src/invoice.ts:16-22\`, \`dates.ts\`, \`missing.ts\` and \`../package.json\`; it costs $5 or $10.

- [x] read the loop
- [ ] mend it

| approach | when | what it costs | what it is worth | who should take it |
|---|---|---:|:-:|---|
| measure | it is slow | $x_1$ | much | everyone who has an afternoon |

$$
t_i = q_i \\cdot p_i
$$

\`\`\`ts
${REWRITTEN}
\`\`\`

\`\`\`sh
touch ran-by-itself
\`\`\`

\`\`\`sh
echo first
echo second
\`\`\`
`;

/** What the editor needs to take up what was done. */
const WITHIN_MS = 15_000;

describe("an answer", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let chat: ChatPage;
  const settings = {
    "terminal.integrated.gpuAcceleration": "off",
    "editor.minimap.enabled": false,
    "files.autoSave": "off",
  };
  withWindow({ simulator: { pace: "instant" }, settings }, (opened) => ({ simulator, workbench } = opened));

  const invoice = () => readFile(join(workbench.workspaceFolder, "src", "invoice.ts"), "utf8");
  const block = (index: number): Locator => chat.answers.last().locator(".code-block").nth(index);
  const press = async (index: number, name: string): Promise<void> => {
    const button = block(index).getByRole("button", { name, exact: true });
    await button.focus();
    await button.press("Enter");
  };

  it("shows tables, tasks, math and code in every theme, and says so to a screen reader", async () => {
    await workbench.openFile("src/invoice.ts");
    chat = await openChat(workbench);
    await widenSideBar(workbench);
    simulator.faultNext({ kind: "answer", content: ANSWER });
    await chat.ask("How do I sum this up?");
    await chat.lastWaybill();
    const answer = chat.answers.last();
    assert.deepEqual(await answer.getByRole("img", { name: /^(?:Done|To do)$/ }).count(), 2);
    assert.equal(await answer.locator("pre.math").innerText(), "t_i = q_i \\cdot p_i");
    assert.match(await chat.lastText(), /it costs \$5 or \$10/);
    await answer.getByRole("link", { name: "dates.ts" }).waitFor();
    await picturedInEveryTheme(workbench, async (theme) => {
      await block(0).getByRole("button", { name: "Insert at Cursor" }).focus();
      await answer.locator(".table-box").scrollIntoViewIfNeeded();
      await fadedScreenshot(workbench, `answer-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
  });

  it("makes links of files that are there, and of nothing else", async () => {
    const answer = chat.answers.last();
    assert.deepEqual(await answer.locator("a.name-link").allInnerTexts(), ["src/invoice.ts:16-22", "dates.ts"]);
    await answer.getByRole("link", { name: "dates.ts" }).click();
    await workbench.page.locator('.tab.active[data-resource-name="dates.ts"]').waitFor();
    await answer.getByRole("link", { name: "src/invoice.ts:16-22" }).click();
    await workbench.page.locator('.tab.active[data-resource-name="invoice.ts"]').waitFor();
  });

  it("inserts code at the cursor, and one undo takes it back", async () => {
    const { page } = workbench;
    const before = await invoice();
    await workbench.openFile("src/invoice.ts");
    await page.locator(".editor-instance .monaco-editor").first().click();
    await page.keyboard.press("ControlOrMeta+End");
    await press(0, "Insert at Cursor");
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.equal(await invoice(), before + REWRITTEN), WITHIN_MS);
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.equal(await invoice(), before), WITHIN_MS);
  });

  it("applies code where it belongs, and only when that is accepted", async () => {
    const { page } = workbench;
    const before = await invoice();
    await workbench.openFile("src/invoice.ts");
    await page.keyboard.press("ControlOrMeta+Home");
    await press(0, "Apply to File");
    const acceptAll = page.locator(".codelens-decoration a", { hasText: /^Accept All$/u });
    await acceptAll.waitFor();
    await fadedScreenshot(workbench, "answer-apply");
    assert.equal(await invoice(), before);
    await acceptAll.click();
    await acceptAll.waitFor({ state: "detached" });
    await page.locator(".editor-instance .monaco-editor.focused").waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    const after = before.replace(/export function totalCents[^]*?\n\}/u, REWRITTEN);
    await eventually(async () => assert.equal(await invoice(), after), WITHIN_MS);
    const [surface, , verdict] = lastVerdict(workbench);
    assert.deepEqual([surface, verdict], ["chat", "accepted"]);
  });

  it("opens code as a new file of its language", async () => {
    const { page } = workbench;
    await press(0, "New File");
    await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
    await page.locator(".statusbar-item", { hasText: "TypeScript" }).first().waitFor();
  });

  it("pastes a command into the terminal without running it, and shows several lines before", async () => {
    const { page } = workbench;
    await press(1, "Paste into Terminal");
    const rows = page.locator(".terminal-wrapper.active .xterm-rows");
    // A prompt may be so long that the line is broken.
    const shown = async () => (await rows.innerText()).replaceAll(/\s/g, "");
    await eventually(async () => assert.match(await shown(), /touchran-by-itself/), WITHIN_MS);
    await fadedScreenshot(workbench, "answer-terminal");
    await assert.rejects(access(join(workbench.workspaceFolder, "ran-by-itself")));
    await press(2, "Paste into Terminal");
    const dialog = page.locator(".monaco-dialog-box");
    await dialog.getByText("Paste 2 lines into the terminal?").waitFor();
    await dialog.getByText("echo second").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.doesNotMatch(await shown(), /echofirst/);
    await assert.rejects(access(join(workbench.workspaceFolder, "ran-by-itself")));
  });

  it("puts the buttons of a narrow panel into one menu", async () => {
    await narrow(chat.frame);
    await block(0).getByRole("button", { name: "More Actions" }).click();
    await block(0).getByRole("button", { name: "Insert at Cursor" }).waitFor();
    await fadedScreenshot(workbench, "answer-narrow");
    await assertAccessible(workbench.page, "waybill-chat", "narrow");
    await workbench.page.keyboard.press("Escape");
    await block(0).getByRole("button", { name: "Insert at Cursor" }).waitFor({ state: "hidden" });
    assert.equal(await block(0).getByRole("button", { name: "Copy", exact: true }).isVisible(), true);
  });
});

/** Drags the edge of the side bar: at its usual width the buttons are in a menu. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const sideBar = await page.locator(".part.sidebar").boundingBox();
  assert.ok(sideBar);
  const edge = sideBar.x + sideBar.width;
  const sashes = await Promise.all(
    (await page.locator(".monaco-sash.vertical").all()).map((sash) => sash.boundingBox()),
  );
  const places = sashes.flatMap((box) => (box === null ? [] : [box.x + box.width / 2]));
  const [x = edge] = places.toSorted((left, right) => Math.abs(left - edge) - Math.abs(right - edge));
  const y = sideBar.y + sideBar.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 100, y, { steps: 4 });
  await page.mouse.move(x + 220, y, { steps: 4 });
  await page.mouse.up();
}

/** As in a side bar of 320 px, less its scroll bar. */
async function narrow(frame: FrameLocator): Promise<void> {
  await frame.locator("waybill-chat").evaluate((view) => {
    if (view instanceof HTMLElement) view.style.width = "320px";
  });
}
