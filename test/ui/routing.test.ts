import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openNewChat, selectLines } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("routing", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  const askedModels = () =>
    simulator.requests
      .filter(({ path }) => path.endsWith("/chat/completions"))
      .map(({ body }) => (typeof body === "object" && body !== null && "model" in body ? body.model : undefined));

  it("climbs to a stronger model when an answer is not accepted, with its price on the button", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("Explain closures");
    await chat.lastWaybill();
    const button = chat.answers.last().getByRole("button", { name: /Try Stronger \(about \$\d/ });
    await button.waitFor();
    await picturedInEveryTheme(workbench, async (theme) => {
      await workbench.screenshot(`try-stronger-${theme}`);
    });
    await button.click();
    await chat.version("Answer 2 of 2").waitFor({ timeout: 30_000 });
    await chat.lastWaybill();
    const [first, second] = askedModels();
    assert.notEqual(first, second);
    assert.equal(await chat.answers.count(), 1, "the answer that was not accepted stands beside the new one");
    assertLookedUpBeside(simulator.requests.map(({ path }) => path));
  });

  it("shows how models did once there is a verdict", async () => {
    const { page } = workbench;
    await picturedInEveryTheme(workbench, async (theme) => {
      await workbench.runCommand("Waybill: How Models Did");
      const shown = (await workbench.webviewFrame("Preview How Models Did.md")).locator("body");
      await shown.getByRole("cell", { name: "0 of 1" }).waitFor();
      await fadedScreenshot(workbench, `how-models-did-${theme}`);
    });
    await page.keyboard.press("ControlOrMeta+w");
  });

  it("says what it would pick without sending anything, and pins what is chosen from the list", async () => {
    const before = simulator.requests.filter(({ path }) => path.endsWith("/chat/completions")).length;
    const { page } = workbench;
    const input = page.locator(".quick-input-widget:visible .quick-input-box input");
    await workbench.openFile("src/invoice.ts");
    await selectLines(workbench.page, 16, 22);
    const show = async (theme: string) => {
      await workbench.runCommand("Waybill: What Would You Pick?");
      await input.fill("Fix the total of this, it is wrong");
      await input.press("Enter");
      await page
        .locator(".quick-input-widget:visible")
        .getByText(/, for fix/)
        .waitFor();
      await fadedScreenshot(workbench, `dry-run-${theme}`);
    };
    await picturedInEveryTheme(workbench, show, () => page.keyboard.press("Escape"));
    assert.equal(simulator.requests.filter(({ path }) => path.endsWith("/chat/completions")).length, before);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Pin for fix" }).waitFor();
    await fadedScreenshot(workbench, "dry-run-pin");
  });
});

/** Who serves the models is asked after the first answer, and not again with the next one. */
function assertLookedUpBeside(paths: readonly string[]): void {
  const isLookUp = (path: string) => path.endsWith("/endpoints");
  const lookUps = paths.filter(isLookUp);
  assert.ok(lookUps.length > 1);
  assert.equal(new Set(lookUps).size, lookUps.length);
  assert.ok(paths.findIndex(isLookUp) > paths.findIndex((path) => path.endsWith("/chat/completions")));
}
