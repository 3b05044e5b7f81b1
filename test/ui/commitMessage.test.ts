import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../simulator/startSimulator.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { eventually } from "../setup/eventually.ts";
import { queryLedger } from "./ledgerFile.ts";
import { type SuiteWindow, withWindow } from "./suiteWindow.ts";

/** Long enough to be met while it arrives. */
const SLOW: Fault = {
  kind: "all",
  faults: [
    { kind: "pace", tokensPerSecond: 5 },
    {
      kind: "answer",
      content:
        "fix(invoice): stop at the last line\n\nThe loop went one line further than the invoice has, and so read what is not there. The sum was no number then, and nobody was told why it was not.",
    },
  ],
};

/** What the editor and git need to take up what was done. */
const WITHIN_MS = 20_000;

describe("commit messages", function () {
  this.timeout(300_000);
  let opened: SuiteWindow;
  const settings = { "git.autorefresh": true, "editor.minimap.enabled": false };
  withWindow(
    { simulator: { pace: { tokensPerSecond: 40, firstTokenMs: 300 } }, settings },
    (suite) => (opened = suite),
  );

  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", opened.workbench.workspaceFolder, ...args], { encoding: "utf8" });
  const page = () => opened.workbench.page;
  const box = () => page().locator(".scm-view .scm-editor .view-lines");
  const boxText = async () => (await box().innerText()).replaceAll("\u00a0", " ").trim();
  const button = (name: string) => page().locator(".part.sidebar").getByRole("button", { name });
  const notice = (text: RegExp) => page().locator(".notification-list-item-message").getByText(text);

  async function type(text: string): Promise<void> {
    await box().click();
    await page().keyboard.press("ControlOrMeta+a");
    await page().keyboard.press("Delete");
    await page().keyboard.type(text);
    await eventually(async () => assert.equal(await boxText(), text), WITHIN_MS);
  }

  before(async () => {
    const { workbench } = opened;
    git("init", "-q");
    git("config", "user.name", "n");
    git("config", "user.email", "e@example.com");
    git("add", ".");
    for (const message of ["feat(invoice): add the sum", "fix(invoice): keep the cents", "docs: say what it does"])
      git("commit", "-q", "--allow-empty", "-m", message, "-m", "It was asked for.");
    const file = join(workbench.workspaceFolder, "src", "invoice.ts");
    await writeFile(file, (await readFile(file, "utf8")).replace("i <= lines.length", "i < lines.length"));
    await writeFile(join(workbench.workspaceFolder, "package-lock.json"), '{ "lockfileVersion": 3 }\n');
    git("add", ".");
    await workbench.reloadWindow();
    await page()
      .getByRole("tab", { name: /^Source Control/ })
      .locator("a")
      .click();
    await box().waitFor({ timeout: 60_000 });
  });

  it("stream into the box by the button, with their receipt, and are taken back by Undo", async () => {
    await type("loop");
    await button("Write Commit Message").click();
    await button("Stop Commit Message").waitFor();
    await notice(/The commit message is ready: .*\$0\.0.*package-lock\.json \(lock file\)/).waitFor({
      timeout: 60_000,
    });
    const message = await boxText();
    assert.match(message, /^\w+\(src\): /);
    const request = opened.simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"));
    const body = JSON.stringify(request?.body);
    assert.match(body, /keep what it says:\W+nloop/);
    assert.match(body, /Types used here: docs, fix, feat.*Scopes used here: invoice/);
    assert.doesNotMatch(body, /lockfileVersion/);
    await fadedScreenshot(opened.workbench, "commit-message-ready");
    await page().getByRole("button", { name: "Undo", exact: true }).click();
    await eventually(async () => assert.equal(await boxText(), "loop"), WITHIN_MS);
  });

  it("leave what was typed before when they are stopped", async () => {
    await type("half a thought");
    opened.simulator.faultNext(SLOW);
    await button("Write Commit Message").click();
    await eventually(async () => assert.match(await boxText(), /^\w+\(?/), WITHIN_MS);
    await eventually(async () => assert.notEqual(await boxText(), "half a thought"), WITHIN_MS);
    await button("Stop Commit Message").click();
    await button("Write Commit Message").waitFor();
    await eventually(async () => assert.equal(await boxText(), "half a thought"), WITHIN_MS);
  });

  it("look right in every theme while they arrive", async () => {
    await picturedInEveryTheme(opened.workbench, async (theme) => {
      await type("x");
      opened.simulator.faultNext(SLOW);
      await button("Write Commit Message").click();
      await eventually(async () => assert.notEqual(await boxText(), "x"), WITHIN_MS);
      await fadedScreenshot(opened.workbench, `commit-message-${theme}`);
      await button("Stop Commit Message").click();
      await eventually(async () => assert.equal(await boxText(), "x"), WITHIN_MS);
    });
  });

  it("count for the model when they are committed as they are", async () => {
    await type("y");
    await button("Write Commit Message").click();
    await eventually(async () => assert.match(await boxText(), /^\w+\(src\): /), WITHIN_MS);
    await button("Write Commit Message").waitFor();
    const message = await boxText();
    await box().click();
    await page().keyboard.press("ControlOrMeta+Enter");
    await eventually(async () => assert.equal(git("log", "-1", "--format=%s").trim(), message), WITHIN_MS);
    const verdicts = () => queryLedger(opened.workbench, "SELECT kind FROM outcome WHERE kind = 'accepted'");
    await eventually(async () => assert.equal(verdicts().length, 1), WITHIN_MS);
  });
});
