import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { eventually } from "../setup/eventually.ts";
import { type SuiteWindow, withWindow } from "./suiteWindow.ts";

/** What the editor and git need to take up what was done. */
const WITHIN_MS = 20_000;
const FINDING = "The loop goes one line further than the invoice has, so it reads what is not there.";
/** A link and markup, which must stay text. */
const HOSTILE = "The loop runs too far. [Run](command:workbench.action.terminal.new) <b>this</b>.";
const FIXED = "  for (let i = 0; i < lines.length; i++) {";

describe("the review of staged changes", function () {
  this.timeout(300_000);
  let opened: SuiteWindow;
  let file: string;
  const settings = { "editor.minimap.enabled": false };
  withWindow({ simulator: {}, settings }, (suite) => (opened = suite));

  const page = () => opened.workbench.page;
  const comments = () => page().locator(".review-widget");
  const notice = (text: RegExp) => page().locator(".notification-list-item-message").getByText(text);
  const git = (...args: readonly string[]) => execFileSync("git", ["-C", opened.workbench.workspaceFolder, ...args]);

  /** The line of the demo's fault, which the change under review is about. */
  async function review(comment = FINDING): Promise<void> {
    const lines = (await readFile(file, "utf8")).split("\n");
    const at = lines.findIndex((line) => line.includes("i <= lines.length"));
    const original = lines[at] ?? "";
    const findings = [
      {
        ...{ file: "src/invoice.ts", line: at + 1, severity: "problem", original, replacement: FIXED },
        comment,
      },
      { file: "src/invoice.ts", line: 1, severity: "note", comment: "Say what the file is for." },
      { file: "src/nowhere.ts", line: 3, severity: "warning", comment: "This file is missing." },
    ];
    const content = findings.map((finding) => JSON.stringify(finding)).join("\n");
    opened.simulator.faultNext({ kind: "answer", content });
    await opened.workbench.runCommand("Waybill: Review Staged Changes");
    await notice(/3 findings, 1 of them without a place in the editor: .*\$0\.0/).waitFor({ timeout: 60_000 });
    await eventually(async () => assert.equal(await comments().count(), 2), WITHIN_MS);
  }

  before(async () => {
    const { workbench } = opened;
    file = join(workbench.workspaceFolder, "src", "invoice.ts");
    git("init", "-q");
    git("add", "src");
    await workbench.reloadWindow();
  });

  it("shows findings as comments, and lists what fits nowhere", async () => {
    await review(HOSTILE);
    const text = (await comments().allInnerTexts()).join("\n");
    for (const part of [HOSTILE, "Problem", "Note", "Say what the file is for."]) assert.ok(text.includes(part), part);
    assert.equal(await comments().locator("a[href], a[data-href]").count(), 0);
    assert.equal(await comments().locator("b, strong", { hasText: "this" }).count(), 0);
    await page().getByRole("button", { name: "Show Summary" }).click();
    await page().locator(".tab.active", { hasText: "Review" }).waitFor();
    await fadedScreenshot(opened.workbench, "review-summary");
    await page().keyboard.press("ControlOrMeta+F4");
  });

  it("shows a finding while the answer arrives, and keeps it when it is stopped", async () => {
    const finding = (comment: string) => JSON.stringify({ file: "src/invoice.ts", line: 1, severity: "note", comment });
    const content = [finding("This one is early."), finding("This one is long. ".repeat(200))].join("\n");
    const slow = { kind: "pace", tokensPerSecond: 30 } as const;
    opened.simulator.faultNext({ kind: "all", faults: [{ kind: "answer", content }, slow] });
    await opened.workbench.runCommand("Waybill: Review Staged Changes");
    await comments().getByText("This one is early.").waitFor({ timeout: 60_000 });
    await page().locator(".notification-toast").getByRole("button", { name: "Cancel" }).click();
    await notice(/1 finding: .*You stopped it, so it is incomplete/).waitFor();
    assert.equal(await comments().count(), 1);
    await page().getByRole("button", { name: "Dismiss All", exact: true }).first().click();
    await eventually(async () => assert.equal(await comments().count(), 0), WITHIN_MS);
  });

  it("looks right in every theme", async () => {
    await picturedInEveryTheme(
      opened.workbench,
      async (theme) => {
        await review();
        await fadedScreenshot(opened.workbench, `review-${theme}`);
      },
      async () => {
        await page().getByRole("button", { name: "Dismiss All", exact: true }).first().click();
        await eventually(async () => assert.equal(await comments().count(), 0), WITHIN_MS);
      },
    );
  });

  it("applies a finding through a diff, and dismisses the others", async () => {
    await review();
    const wrong = comments().filter({ hasText: "one line further" });
    await wrong.getByRole("button", { name: "Apply" }).click();
    await page().locator(".tab.active", { hasText: "Waybill: code for" }).waitFor();
    assert.match(await readFile(file, "utf8"), /i <= lines\.length/);
    await page().getByRole("button", { name: "Accept", exact: true }).last().click();
    await page().locator(".tab.active", { hasText: "invoice.ts" }).waitFor();
    await eventually(async () => assert.equal(await wrong.count(), 0), WITHIN_MS);
    await page().keyboard.press("ControlOrMeta+s");
    await eventually(async () => assert.match(await readFile(file, "utf8"), /i < lines\.length/), WITHIN_MS);
    await opened.workbench.runCommand("Waybill: Dismiss All Findings");
    await eventually(async () => assert.equal(await comments().count(), 0), WITHIN_MS);
    await writeFile(file, (await readFile(file, "utf8")).replace("i < lines", "i <= lines"));
  });
});
