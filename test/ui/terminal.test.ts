import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { openNewChat } from "./chatPage.ts";
import { fadedScreenshot } from "./everyTheme.ts";
import { eventually } from "../setup/eventually.ts";
import { type SuiteWindow, withWindow } from "./suiteWindow.ts";

const WITHIN_MS = 20_000;

describe("beside a terminal", function () {
  this.timeout(300_000);
  let opened: SuiteWindow;
  const settings = { "terminal.integrated.gpuAcceleration": "off", "editor.minimap.enabled": false };
  withWindow({ simulator: {}, settings }, (suite) => (opened = suite));

  const page = () => opened.workbench.page;
  const rows = () => page().locator(".terminal-wrapper.active .xterm-rows");
  // A prompt may be so long that a line is broken.
  const shown = async () => (await rows().innerText()).replaceAll(/\s/g, "");

  it("a suggested command is put there and not run", async () => {
    const { workbench, simulator } = opened;
    simulator.faultNext({ kind: "answer", content: "```sh\ntouch ran-by-itself\ntouch and-again\n```" });
    await workbench.runCommand("Waybill: Suggest a Command");
    await page().getByPlaceholder("What should the command do?").fill("make two files");
    await page().keyboard.press("Enter");
    const message = page().locator(".notification-list-item-message");
    await message.getByText(/is in the terminal and was not run: .*\$0\.0/).waitFor({ timeout: 60_000 });
    await eventually(async () => assert.match(await shown(), /touchran-by-itself&&touchand-again/), WITHIN_MS);
    await fadedScreenshot(workbench, "terminal-suggested");
    await assert.rejects(access(join(workbench.workspaceFolder, "ran-by-itself")));
  });

  it("the last error is asked about in the chat, without its secrets", async () => {
    const { workbench, simulator } = opened;
    await openNewChat(workbench);
    await workbench.runCommand("Terminal: Create New Terminal");
    await eventually(async () => assert.match(await shown(), /[$#]$/), WITHIN_MS);
    await page().keyboard.type(`ls /nowhere-at-all; echo TOKEN=${"a1b2c3d4".repeat(4)}; (exit 3)\n`);
    await page().locator(".terminal-wrapper.active .codicon-terminal-decoration-error").waitFor();
    await workbench.runCommand("Waybill: Explain the Last Error");
    const asked = () => JSON.stringify(simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions")));
    await eventually(async () => assert.match(asked(), /nowhere-at-all.*No such file/), WITHIN_MS);
    assert.match(asked(), /exit code 3/);
    assert.doesNotMatch(asked(), /a1b2c3d4a1b2c3d4/);
    await fadedScreenshot(workbench, "terminal-error");
  });
});
