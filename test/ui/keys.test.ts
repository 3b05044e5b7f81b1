import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { NAMED_KEY } from "../setup/loggedSecrets.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openChat } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const ROTATED_KEY = `${NAMED_KEY}-rotated`;
/** What a frame needs to answer, at most. */
const ANSWERING_MS = 5_000;

describe("keys with names", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let chat: ChatPage;
  withWindow(
    {
      simulator: { pace: "instant", keys: [{ key: NAMED_KEY }, { key: ROTATED_KEY }] },
      settings: {
        "waybill.environment": "production",
        "waybill.environments": { production: { key: "production" } },
      },
    },
    (opened) => ({ simulator, workbench } = opened),
  );
  before(async () => (chat = await openChat(workbench)));

  const widget = () => workbench.page.locator(".quick-input-widget:visible");
  const row = (text: string | RegExp) => widget().locator(".monaco-list-row").filter({ hasText: text }).first();
  const title = (text: string | RegExp) => widget().locator(".quick-input-title").filter({ hasText: text }).waitFor();
  const notice = (text: RegExp): Locator =>
    workbench.page.locator(".notification-toast").filter({ hasText: text }).first();
  const asked = (key: string) => simulator.books(key).length;

  /** Both the banner and the answer say what is missing, and nothing reached the gateway. */
  async function assertRefused(): Promise<void> {
    const before = [simulator.key, NAMED_KEY, ROTATED_KEY].map(asked);
    await chat.frame.getByText(/settings choose the key production here.*No other key is used instead/).waitFor();
    await chat.ask("What is a closure?");
    const refusal = chat.answers.last().locator("waybill-problem");
    await refusal.getByText(/settings choose the key production here, and there is none of that name/).waitFor();
    assert.deepEqual([simulator.key, NAMED_KEY, ROTATED_KEY].map(asked), before);
  }

  async function typeKey(key: string): Promise<void> {
    await title(/^Key production for 127\.0\.0\.1/);
    await widget().locator(".quick-input-box input").fill(key);
    await workbench.page.keyboard.press("Enter");
    await notice(/The key production \(…\S{4}\) is stored\. 127\.0\.0\.1:\d+ accepts it/).waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.runCommand("Notifications: Clear All Notifications");
  }

  it("are refused while missing, although there is another key, and taken when entered", async () => {
    await assertRefused();
    await workbench.screenshot("keys-missing");
    await chat.problems.last().getByRole("button", { name: "Enter Key" }).click();
    await typeKey(NAMED_KEY);
    await chat.frame.locator("waybill-key-banner").waitFor({ state: "detached" });
    await chat.ask("What is a promise?");
    await chat.lastWaybill();
    await simulator.settled();
    assert.deepEqual([simulator.key, NAMED_KEY].map(asked), [0, 1]);
  });

  it("are listed with their state, gateway and use, in every theme", async () => {
    await picturedInEveryTheme(workbench, async (theme) => {
      await workbench.runCommand("Waybill: Manage Keys");
      await row(/default.*127\.0\.0\.1.*sk-or-v1-…cdef/s).waitFor();
      await row(/production.*127\.0\.0\.1.*…acme.*In use here, for the environment production\./s).waitFor();
      await fadedScreenshot(workbench, `keys-list-${theme}`);
      await workbench.page.keyboard.press("Escape");
    });
  });

  it("are offered by name behind a button of the usual box", async () => {
    await workbench.runCommand("Waybill: Enter Key");
    await title(/^Key production for/);
    await widget()
      .getByRole("button", { name: /Another key for an environment or a workspace/ })
      .click();
    await row(/^production.*replaces …acme/s).waitFor();
    await row("staging").waitFor();
    await fadedScreenshot(workbench, "keys-names");
    await row("Other name…").click();
    await title(/^Name of a key for/);
    await widget().locator(".quick-input-box input").fill("sk-or-v1-in-the-wrong-box");
    await widget()
      .getByText(/This is not a key's name/)
      .waitFor();
    await workbench.screenshot("keys-name-refused");
    await workbench.page.keyboard.press("Escape");
  });

  it("are named by the connection test and the status bar", async () => {
    await workbench.runCommand("Waybill: Test Connection");
    await row(/Key.*production, for the environment production: accepted/s).waitFor();
    await fadedScreenshot(workbench, "keys-connection");
    await workbench.page.keyboard.press("Escape");
    await workbench.page.locator(".statusbar-item[id='waybill.waybill.waybill.status']").hover();
    await workbench.page.getByText("Key: production, for the environment production").waitFor();
    await fadedScreenshot(workbench, "keys-status-bar");
  });

  it("can be replaced, and the next question is paid with the new one", async () => {
    await workbench.runCommand("Waybill: Manage Keys");
    await row(/In use here/).click();
    await row("Replace").waitFor();
    await fadedScreenshot(workbench, "keys-actions");
    await row("Replace").click();
    await typeKey(ROTATED_KEY);
    await chat.ask("What is a generator?");
    await chat.waybills.nth(1).waitFor({ timeout: 30_000 });
    await simulator.settled();
    assert.deepEqual([simulator.key, NAMED_KEY, ROTATED_KEY].map(asked), [0, 1, 1]);
  });

  it("stand nowhere in the window, after they were typed, kept, listed, tested and paid with", async () => {
    const { page } = workbench;
    const frames = page.frames();
    const inFrames = frames.map(async (frame) => {
      const unanswered = page.waitForTimeout(ANSWERING_MS).then(() => "");
      return await Promise.race([unanswered, frame.evaluate(everything).catch(() => "")]);
    });
    const texts = await Promise.all(inFrames);
    assert.ok(texts.join("").includes("Ask about your code"), "the pages of views are looked through, too");
    assert.equal(texts.join("").includes(NAMED_KEY), false);
  });

  it("are gone when removed, and the other key still does not pay", async () => {
    await workbench.runCommand("Waybill: Manage Keys");
    await row(/In use here/).click();
    await row("Remove").click();
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText(/Remove the key production \(…ated\)/).waitFor();
    await fadedScreenshot(workbench, "keys-remove");
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await notice(/The key production for 127\.0\.0\.1:\d+ was removed/).waitFor();
    await assertRefused();
  });
});

/** All that stands in a document: texts, attributes and what fields hold, also in shadow trees. Runs in the page. */
function everything(): string {
  const found: string[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    found.push(root.textContent ?? "");
    for (const element of root.querySelectorAll("*")) {
      for (const { value } of element.attributes) found.push(value);
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
        found.push(element.value, element.placeholder);
      }
      if (element.shadowRoot !== null) visit(element.shadowRoot);
    }
  };
  visit(document);
  found.push(document.documentElement.textContent ?? "");
  return found.join("\n");
}
