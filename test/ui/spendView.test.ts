import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { FrameLocator, Locator } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { type PlainRequest, settleAll } from "../store/spendLedger.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { openNewChat } from "./chatPage.ts";
import { fadedScreenshot, inEveryTheme, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import { tryTwice } from "./tryTwice.ts";
import { withWindowReport } from "./windowReport.ts";
import type { Workbench } from "./workbench.ts";

const WIDE = { width: 1440, height: 1500 };
const DIALOG_MS = 700;
const DIALOG_ATTEMPTS = 4;
const DAY_MS = 24 * 60 * 60 * 1000;
const MODELS = ["anthropic/claude-haiku-4.5", "anthropic/claude-opus-5", "=other/odd"] as const;

describe("the view of spending", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));
  before(() => workbench.page.setViewportSize(WIDE));

  async function openSpend(sign: (frame: FrameLocator) => Promise<void>): Promise<FrameLocator> {
    const open = async () => {
      await workbench.runCommand("Waybill: Show Spend");
      const frame = await workbench.webviewFrame("Waybill: Spend");
      await frame.getByRole("heading", { name: "Spend", exact: true }).waitFor({ timeout: 30_000 });
      await sign(frame);
      return frame;
    };
    const explain = async (error: unknown) => {
      throw await withWindowReport(workbench, error);
    };
    return await tryTwice(
      "open the view of spending",
      () => open().catch(explain),
      async () => await workbench.reloadWindow(),
    );
  }

  const figure = (frame: FrameLocator, label: string) => frame.getByRole("button", { name: `${label}: show the rows` });
  const openYear = async () => {
    const frame = await openSpend(async (opened) => await figure(opened, "Spent").waitFor({ timeout: 30_000 }));
    await frame.getByLabel("Period").selectOption("12-months");
    await frame.getByRole("heading", { name: "Cost by week and model" }).waitFor();
    await frame.getByRole("heading", { name: "Dearest requests" }).waitFor();
    return frame;
  };

  async function lookAtEveryTheme(name: string, inThemes = picturedInEveryTheme): Promise<void> {
    await inThemes(workbench, async (theme) => {
      await fadedScreenshot(workbench, `${name}-${theme}`);
      await assertAccessible(workbench.page, "waybill-spending", theme);
    });
  }

  it("says what will be here while nothing was spent, and makes no ledger", async () => {
    const frame = await openSpend(async (opened) => await opened.getByText("Nothing was spent yet").waitFor());
    await lookAtEveryTheme("spend-empty");
    assert.equal(await frame.getByRole("button", { name: "Open Chat" }).count(), 1);
    await assert.rejects(readFile(join(workbench.storageFolder, "ledger.sqlite")));
  });

  it("shows the first answer while it is open, with the row that every figure leads to", async () => {
    const chat = await openNewChat(workbench);
    const frame = await openSpend(async () => {});
    await chat.ask("Explain closures");
    await chat.lastWaybill();
    await frame.getByRole("button", { name: /, Spent: show the rows/ }).waitFor({ timeout: 30_000 });
    await frame.getByRole("heading", { name: "Dearest requests" }).waitFor();
    assert.equal(await frame.locator("waybill-row-list#rows").getByRole("row").count(), 2);
    await frame.getByText("Needs two models with a list price").waitFor();
    await lookAtEveryTheme("spend-one");
    assert.equal(simulator.requests.filter(({ path }) => path.includes("chat")).length, 1);
  });

  it("shows a year by week, and the rows of a figure by click", async () => {
    await spendForAYear(workbench.storageFolder);
    const frame = await openYear();
    await frame.getByText("Your dearest model, anthropic/claude-opus-5, would have cost").waitFor();
    await lookAtEveryTheme("spend-year", inEveryTheme);
    await frame.getByRole("button", { name: /, anthropic\/claude-opus-5: show the rows/ }).click();
    const list = frame.locator("waybill-row-list#rows");
    await list.getByRole("heading", { name: /^Rows: model anthropic\/claude-opus-5,/ }).waitFor();
    assert.equal(await list.getByRole("row").count(), 51);
    assert.equal(await list.getByRole("cell", { name: "anthropic/claude-opus-5" }).count(), 50);
    await frame.getByRole("button", { name: "Older" }).click();
    await frame.getByText("Page 2", { exact: true }).waitFor();
    await fadedScreenshot(workbench, "spend-rows");
    await frame.getByRole("button", { name: /, Stopped but billed: show the rows/ }).click();
    await list.getByRole("heading", { name: /^Rows: stopped but billed,/ }).waitFor();
    const rows = await list.getByRole("row").count();
    assert.equal(await list.getByText("stopped", { exact: false }).count(), rows, "its heading and every row");
  });

  it("breaks down by another dimension with the keyboard alone", async () => {
    const frame = await openYear();
    const dimension = frame.getByLabel("Break down by");
    await dimension.focus();
    await dimension.press("t");
    await frame.getByRole("heading", { name: "By task" }).waitFor();
    const summary = frame.locator("summary", { hasText: "The chart as a table" });
    await summary.focus();
    await summary.press("Enter");
    const bar = frame.getByRole("table", { name: "Cost by week and task" }).getByRole("button").first();
    await bar.focus();
    await bar.press("Enter");
    await frame
      .locator("waybill-row-list#rows")
      .getByRole("heading", { name: /^Rows: \d/ })
      .waitFor();
    const focused = frame.locator("waybill-row-list#rows h2:focus");
    await focused.waitFor();
    await frame.getByLabel("Break down by").selectOption("model");
    await frame.getByRole("heading", { name: "By model" }).waitFor();
  });

  it("exports the rows of the period, with formulas made plain", async () => {
    const frame = await openYear();
    await frame.getByRole("button", { name: "Export CSV" }).click();
    const file = join(workbench.workspaceFolder, "spend.csv");
    const input = workbench.page.locator(".quick-input-widget:visible .quick-input-box input");
    await enterPath(input, file);
    await frame
      .getByText(/rows written to .*spend\.csv/)
      .first()
      .waitFor({ timeout: 30_000 });
    const lines = (await readFile(file, "utf8")).trimEnd().split("\r\n");
    assert.equal(lines.length, 1 + REQUESTS + 1, "a head, the year and the first answer");
    assert.ok(lines.some((line) => line.includes(",'=other/odd,")));
    assert.ok(!lines.some((line) => line.includes(",=other/odd")));
  });

  it("fits into a tab of 400 pixels", async () => {
    const frame = await openYear();
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.page.setViewportSize({ width: 448, height: 1500 });
    try {
      await fadedScreenshot(workbench, "spend-narrow");
      const overflow = await frame
        .locator("waybill-spending")
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      await assertAccessible(workbench.page, "waybill-spending", "narrow");
      await frame.getByRole("heading", { name: "How certain the costs are" }).scrollIntoViewIfNeeded();
      await workbench.screenshot("spend-narrow-below");
    } finally {
      await workbench.page.setViewportSize(WIDE);
      await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    }
  });

  it("deletes rows only after a confirmation, and keeps the sums", async () => {
    const frame = await openYear();
    const spent = await figure(frame, "Spent").innerText();
    await frame.getByRole("button", { name: "Delete or Anonymise…" }).click();
    const dialog = workbench.page.getByRole("dialog");
    await dialog.getByText("Sums by day stay", { exact: false }).waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await frame.locator("waybill-row-list#rows").getByRole("row").count(), 51);
    await frame.getByRole("button", { name: "Delete or Anonymise…" }).click();
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await frame
      .getByText(/rows of .* were deleted; their sums stay/)
      .first()
      .waitFor({ timeout: 30_000 });
    await frame.getByText("No rows. Deleted rows leave their sums behind.").waitFor();
    assert.equal(await figure(frame, "Spent").innerText(), spent);
    await fadedScreenshot(workbench, "spend-deleted");
  });
});

/** The editor's own dialog puts the proposed name in late, and reads the folder of what is typed before it takes it. */
async function enterPath(input: Locator, file: string): Promise<void> {
  await input.waitFor();
  for (let attempt = 0; attempt < DIALOG_ATTEMPTS && (await input.isVisible()); attempt += 1) {
    await input.page().waitForTimeout(DIALOG_MS);
    await input.fill(file);
    await input.page().waitForTimeout(DIALOG_MS);
    await input.press("Enter");
    await input.waitFor({ state: "hidden", timeout: DIALOG_MS * 4 }).catch(() => {});
  }
}

const REQUESTS = 240;

/** Requests of a year as another window would write them. */
async function spendForAYear(storageFolder: string): Promise<void> {
  const nowMs = Date.now();
  forgetLatestDay(join(storageFolder, "ledger.sqlite"));
  const ledger = await openSqliteLedger({
    path: join(storageFolder, "ledger.sqlite"),
    journal: openLedgerJournal(join(storageFolder, "ledger.jsonl")),
    owner: randomUUID(),
    nowMs,
  });
  const requests = Array.from({ length: REQUESTS }, (_, index) => requestOfYear(index, nowMs));
  await settleAll(ledger, requests);
  ledger.close();
}

/** Days never go back, and today has a request already. */
function forgetLatestDay(path: string): void {
  const database = new DatabaseSync(path);
  database.exec("UPDATE ledger_state SET latest_day = ''");
  database.close();
}

function requestOfYear(index: number, nowMs: number): PlainRequest {
  const atMs = nowMs - Math.floor(((REQUESTS - index) / REQUESTS) * 360) * DAY_MS;
  return {
    atMs,
    model: MODELS[index % MODELS.length] ?? MODELS[0],
    provider: index % 5 === 0 ? undefined : `Provider ${index % 2}`,
    task: index % 2 === 0 ? "fix" : "explain",
    surface: index % 2 === 0 ? "fix" : "chat",
    workspace: `file:///home/somebody/project-${index % 4}`,
    key: index % 6 === 0 ? "work" : "default",
    promptTokens: 900 + index * 7,
    completionTokens: 300 + (index % 9) * 40,
    cachedTokens: index % 3 === 0 ? 512 : 0,
    costNano: 2_000_000 + (index % 17) * 3_100_000 + (index % MODELS.length) * 40_000_000,
    costSource: index % 11 === 0 ? "estimated" : "billed",
    finish: index % 13 === 0 ? "stopped" : "complete",
    isAccepted: index % 4 === 0,
  };
}
