import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Simulator } from "../simulator/startSimulator.ts";
import { webviewFrame } from "./webviewFrame.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("the model browser", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  after(() => {
    const chats = simulator.requests.filter(({ path }) => path.includes("chat"));
    assert.deepEqual(chats, [], "no model was asked");
  });
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  const widget = () => workbench.page.locator(".quick-input-widget:visible");
  const input = () => widget().locator(".quick-input-box input");
  const rows = () => widget().locator(".quick-input-list .monaco-list-row");
  const row = (name: string) => rows().filter({ has: workbench.page.getByText(name, { exact: true }) });
  const title = (text: RegExp) => widget().locator(".quick-input-title").filter({ hasText: text }).waitFor();
  const titleButton = (name: RegExp) => widget().locator(".quick-input-titlebar").getByRole("button", { name });

  async function browse(): Promise<void> {
    await workbench.runCommand("Waybill: Browse Models");
    await title(/\d+ of \d+ models/);
    // Away from the list, where the pointer would bring up a hint.
    await workbench.page.mouse.move(640, 700);
  }

  async function pressRowButton(item: Locator, name: RegExp): Promise<void> {
    await item.hover();
    await item.getByRole("button", { name }).click();
  }

  async function firstNames(count: number): Promise<string[]> {
    const labels = await rows().locator(".label-name").allInnerTexts();
    return labels.slice(0, count).map((label) => label.trim());
  }

  it("says in one sentence with one action why there is no list", async () => {
    const message = workbench.page.locator(".notification-toast");
    simulator.faultNext({ kind: "http", on: "models", status: 401, body: { error: { code: 401, message: "x" } } });
    await workbench.runCommand("Waybill: Browse Models");
    await message.getByText(/does not accept this key/).waitFor();
    await message.getByRole("button", { name: "Enter Key" }).waitFor();
    await fadedScreenshot(workbench, "models-no-list");
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("lists every model with what it costs and can do, in every theme", async () => {
    await picturedInEveryTheme(workbench, async (theme) => {
      await browse();
      await rows()
        .first()
        .getByText(/\$[\d.]+ in · \$[\d.]+ out/)
        .waitFor();
      await fadedScreenshot(workbench, `models-${theme}`);
      await input().fill("claud tools <$5 >200k");
      await title(/best match first/);
      await row("Claude Sonnet 5").waitFor();
      await fadedScreenshot(workbench, `models-filtered-${theme}`);
      await workbench.page.keyboard.press("Escape");
    });
  });

  it("finds a model by a sloppy name, sorts and filters by its buttons, and says when nothing fits", async () => {
    await browse();
    await input().fill("sonet");
    await title(/best match first/);
    assert.match((await firstNames(1))[0] ?? "", /Sonnet/);
    await titleButton(/^Sort: most coding/).click();
    await title(/most coding index per dollar/);
    await titleButton(/^Sort: cheapest/).click();
    await title(/cheapest first/);
    await row("Claude Sonnet 5").waitFor();
    assert.equal((await firstNames(1))[0], "Claude Sonnet 5");
    await input().fill("claude");
    await row("Claude Opus 5").waitFor();
    assert.equal((await firstNames(1))[0], "Claude Haiku 4.5", "the editor does not sort by name");
    await input().fill("");
    await titleButton(/^Only free models/).click();
    await row("Gemma 4 31B (free)").waitFor();
    await rows().getByText("$").first().waitFor({ state: "hidden" });
    assert.equal(await input().inputValue(), "free ");
    await titleButton(/: take this filter out/).click();
    await rows().getByText("$").first().waitFor();
    assert.equal(await input().inputValue(), "");
    await input().fill("zzqqxxww");
    await widget().getByText("No model fits").waitFor();
    await workbench.screenshot("models-none");
    await input().fill("sonnett");
    await widget().getByText("Close to that name").waitFor();
    await workbench.screenshot("models-close");
    await workbench.page.keyboard.press("Escape");
  });

  it("asks who keeps no data when the filter wants to know, and then once", async () => {
    const asked = () => simulator.requests.filter(({ path }) => path.endsWith("/endpoints/zdr")).length;
    await browse();
    assert.equal(asked(), 0);
    await titleButton(/^Only models with a provider of zero retention/).click();
    await titleButton(/zero retention: take this filter out/).waitFor();
    await widget().getByText("Asking who keeps no data").waitFor({ state: "hidden" });
    await rows().first().waitFor();
    assert.equal(await input().inputValue(), "zdr ");
    await fadedScreenshot(workbench, "models-zero-retention");
    await input().fill('zdr "qwen3.8 max"');
    await widget().getByText("No model fits").waitFor();
    await input().fill("zdr sonnet 5");
    await row("Claude Sonnet 5").waitFor();
    await workbench.page.keyboard.press("Enter");
    await widget().getByText("zero retention").first().waitFor();
    await workbench.page.keyboard.press("Escape");
    assert.equal(asked(), 1);
  });

  it("keeps favourites on top, also in the next list", async () => {
    await browse();
    await input().fill("haiku");
    await pressRowButton(row("Claude Haiku 4.5"), /Add to Favourites/);
    await row("Claude Haiku 4.5").locator(".codicon-star-full").first().waitFor();
    await workbench.page.keyboard.press("Escape");
    await browse();
    await widget().getByText("Favourites", { exact: true }).waitFor();
    assert.equal((await firstNames(1))[0], "Claude Haiku 4.5");
    await workbench.screenshot("models-favourites");
    await workbench.page.keyboard.press("Escape");
  });

  it("compares models in a table, in every theme", async () => {
    await browse();
    for (const name of ["Claude Sonnet 5", "Claude Opus 5", "GPT-5 Mini", "Grok 4.6"]) {
      await input().fill(`"${name}"`);
      await pressRowButton(row(name), /Add to the Comparison/);
      await row(name).locator(".codicon-check").waitFor();
    }
    await input().fill("claude 5");
    await row("Claude Opus 5").locator(".label-description .codicon-git-compare").waitFor();
    await workbench.screenshot("models-comparing");
    await titleButton(/^Compare 4 models/).click();
    const page = await webviewFrame(workbench.page, "Preview Model Comparison.md");
    await page.getByRole("cell", { name: "Claude Sonnet 5" }).or(page.getByText("Claude Sonnet 5")).first().waitFor();
    await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `models-compared-${theme}`));
  });

  it("shows everything of a model and pins it for a task by keyboard alone", async () => {
    const { page } = workbench;
    const show = async (theme: string) => {
      await browse();
      await input().fill("claude sonnet 5");
      await row("Claude Sonnet 5").waitFor();
      await page.keyboard.press("Enter");
      await widget().getByText("Copy Id").waitFor();
      await widget()
        .getByText(/up \d+.*first token after .*tokens a second/)
        .first()
        .waitFor();
      await fadedScreenshot(workbench, `model-details-${theme}`);
    };
    await picturedInEveryTheme(workbench, show, () => page.keyboard.press("Escape"));
    await page.keyboard.press("Enter");
    await widget().getByText("commit-message").waitFor();
    await fadedScreenshot(workbench, "model-pin");
    await input().fill("review");
    await page.keyboard.press("Enter");
    await page.getByText("Claude Sonnet 5 is pinned for review").first().waitFor();
    await browse();
    await input().fill("sonnet 5");
    await row("Claude Sonnet 5").locator(".codicon-pinned").waitFor();
    await workbench.screenshot("models-pinned");
    await page.keyboard.press("Enter");
    await widget().getByText("Copy Id").waitFor();
    await titleButton(/Back/).click();
    await title(/\d+ of \d+ models/);
    assert.equal(await input().inputValue(), "sonnet 5");
    await page.keyboard.press("Escape");
  });

  it("says after a reload that nothing is compared any more", async () => {
    await workbench.reloadWindow();
    const emptied = await webviewFrame(workbench.page, "Preview Model Comparison.md");
    await emptied.getByText("Nothing is compared in this window").waitFor({ timeout: 60_000 });
  });
});
