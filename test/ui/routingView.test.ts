import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { openChat, openNewChat } from "./chatPage.ts";
import { fadedScreenshot, inEveryTheme, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import { tryTwice } from "./tryTwice.ts";
import { withWindowReport } from "./windowReport.ts";
import type { Workbench } from "./workbench.ts";

const WIDE = { width: 1600, height: 1000 };

describe("the routing view", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));
  before(() => workbench.page.setViewportSize(WIDE));

  async function openTable(): Promise<FrameLocator> {
    const open = async () => {
      await workbench.runCommand("Waybill: Show Routing Table");
      const frame = await workbench.webviewFrame("Waybill: Routing");
      await frame
        .getByRole("row", { name: /^fix/ })
        .getByText(/about \$/)
        .first()
        .waitFor({ timeout: 30_000 });
      return frame;
    };
    const explain = async (error: unknown) => {
      throw await withWindowReport(workbench, error);
    };
    return await tryTwice(
      "open the routing table",
      () => open().catch(explain),
      async () => await workbench.reloadWindow(),
    );
  }

  async function lookAtEveryTheme(name: string, inThemes = picturedInEveryTheme): Promise<void> {
    await inThemes(workbench, async (theme) => {
      await fadedScreenshot(workbench, `${name}-${theme}`);
      await assertAccessible(workbench.page, "waybill-routing", theme);
    });
  }

  const sentToModels = () => simulator.requests.filter(({ path }) => path.includes("chat")).length;

  it("shows a row a task, with the model now and its rules, and asks nobody", async () => {
    const frame = await openTable();
    for (const task of ["All tasks", "This workspace", "explain", "commit-message", "title"]) {
      await frame.getByRole("rowheader", { name: task, exact: true }).waitFor();
    }
    assert.equal(await frame.getByRole("row", { name: /about \$/ }).count(), 13);
    await lookAtEveryTheme("routing-table", inEveryTheme);
    assert.equal(sentToModels(), 0);
  });

  it("writes a changed profile into the settings, shows what it wrote and the other model, and reverts it", async () => {
    const frame = await openTable();
    const row = frame.getByRole("row", { name: /^fix/ });
    const before = await row.locator(".model").innerText();
    await row.getByRole("combobox", { name: "Profile for fix" }).selectOption("quality");
    await frame.getByText('"waybill.routing.tasks": { "fix": { "profile": "quality" } }').first().waitFor();
    await row.locator(".model").filter({ hasNotText: before }).waitFor();
    await lookAtEveryTheme("routing-written");
    await frame.getByRole("button", { name: "Revert the change for fix" }).click();
    await row.locator(".model").filter({ hasText: before }).waitFor();
    assert.equal(await row.getByRole("combobox", { name: "Profile for fix" }).inputValue(), "");
  });

  it("says in one sentence at the field what makes no sense, and writes nothing", async () => {
    const frame = await openTable();
    const floor = frame.getByRole("textbox", { name: "Quality floor for plan" });
    await floor.fill("very good");
    await floor.press("Enter");
    await frame
      .getByRole("cell", { name: /The quality floor must be a number from 0 to 1; nothing was written/ })
      .waitFor();
    assert.equal(await floor.getAttribute("aria-invalid"), "true");
    const pin = frame.getByRole("combobox", { name: "Pin (model id) for plan" });
    await pin.fill("anthropic/claude-opsu");
    await pin.press("Enter");
    await frame
      .getByRole("cell", { name: /has no model anthropic\/claude-opsu; the nearest names are anthropic/ })
      .waitFor();
    await fadedScreenshot(workbench, "routing-refused");
    await assertAccessible(workbench.page, "waybill-routing", "refused");
    await pin.fill("");
    await pin.press("Enter");
    await frame.getByRole("cell", { name: /nothing was written/i }).waitFor({ state: "detached" });
  });

  it("writes what the workspace asks for into its settings, and does not let a task loosen it", async () => {
    const frame = await openTable();
    const asked = frame.getByRole("textbox", { name: "Longest answer, tokens for This workspace" });
    await asked.fill("1000");
    await asked.press("Enter");
    await frame.getByText("the workspace makes it 1000").first().waitFor();
    const written = await readFile(join(workbench.workspaceFolder, ".vscode", "settings.json"), "utf8");
    assert.match(written, /"waybill\.routing\.workspacePolicy":\s*\{\s*"maxTokens": 1000/);
    const loose = frame.getByRole("textbox", { name: "Longest answer, tokens for fix" });
    await loose.fill("9000");
    await loose.press("Enter");
    await frame.getByRole("cell", { name: /The longest answer is 1000 in this workspace/ }).waitFor();
    await workbench.screenshot("routing-tightened");
    await frame.getByRole("button", { name: "Revert the change for This workspace" }).click();
    await frame.getByText("the workspace makes it 1000").first().waitFor({ state: "detached" });
  });

  it("routes a text without sending it, with the whole decision", async () => {
    const frame = await openTable();
    await frame.getByRole("textbox", { name: /A question/ }).fill("Fix the total of this, it is wrong");
    await frame.getByRole("button", { name: "Show What Would Be Asked" }).click();
    await frame.getByRole("heading", { name: "Fix the total of this, it is wrong" }).waitFor();
    await frame.getByRole("row", { name: /asked first.*about \$.*at most \$.*quality/ }).waitFor();
    await frame.getByRole("heading", { name: "Ruled out" }).waitFor();
    await lookAtEveryTheme("routing-dry-run");
    assert.equal(sentToModels(), 0);
  });

  it("fits into a tab of 400 pixels", async () => {
    const frame = await openTable();
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.page.setViewportSize({ width: 448, height: 900 });
    try {
      await fadedScreenshot(workbench, "routing-narrow");
      const overflow = await frame
        .locator("waybill-routing")
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      await assertAccessible(workbench.page, "waybill-routing", "narrow");
      await frame.getByRole("rowheader", { name: "explain" }).scrollIntoViewIfNeeded();
      await workbench.screenshot("routing-narrow-top");
    } finally {
      await workbench.page.setViewportSize(WIDE);
      await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    }
  });

  it("shows the decision behind an answer as of then, also after a reload", async () => {
    let chat = await openNewChat(workbench);
    await chat.ask("Explain closures");
    await chat.lastWaybill();
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await chat.unfoldLastWaybill();
    await chat.answers.last().getByRole("button", { name: "Show the table as of then" }).click();
    const frame = await workbench.webviewFrame("Waybill: Routing");
    await frame.getByRole("row", { name: /asked first.*about \$/ }).waitFor({ timeout: 30_000 });
    await frame.getByRole("heading", { name: /As of / }).waitFor();
    assert.equal(await frame.getByRole("combobox").count(), 0);
    await lookAtEveryTheme("routing-past");
    await frame.getByRole("button", { name: "Show the Table of Now" }).click();
    await frame.getByRole("row", { name: /^fix/ }).waitFor();
  });
});
