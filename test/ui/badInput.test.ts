import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openChat } from "./chatPage.ts";
import { type Workbench, type WorkbenchHost, startWorkbenchHost } from "./workbench.ts";

/** One sentence, what to do about it, and the panel goes on. */
async function assertProblem(chat: ChatPage, sentence: RegExp, ...buttons: string[]): Promise<void> {
  const last = chat.answers.last().locator("waybill-problem");
  await last.getByText(sentence).waitFor({ timeout: 20_000 });
  const labels = await last.getByRole("button").allInnerTexts();
  assert.deepEqual(
    labels.map((label) => label.trim()),
    buttons,
  );
  await chat.frame.getByRole("button", { name: "Send" }).waitFor();
}

describe("bad input", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let host: WorkbenchHost;
  before(async () => {
    simulator = await startSimulator({ pace: "instant" });
    host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
  });
  after(async () => {
    await host.close();
    await simulator.close();
  });

  async function inWindow(
    settings: Record<string, unknown>,
    action: (chat: ChatPage, workbench: Workbench) => Promise<void>,
  ): Promise<void> {
    const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl, ...settings } });
    try {
      await action(await openChat(workbench), workbench);
      assert.deepEqual(await workbench.outsideRequests(), []);
    } finally {
      await workbench.close();
    }
  }

  it("from the gateway leads to one sentence and one action each, and the panel answers afterwards", () =>
    inWindow({}, async (chat, workbench) => {
      simulator.faultNext({ kind: "error", error: "bad-key" });
      await chat.ask("one");
      await assertProblem(chat, /does not accept this key.*your text is kept/, "Enter Key");
      simulator.faultNext({ kind: "html", status: 200 });
      await chat.ask("two");
      await assertProblem(chat, /sent something that is not an answer.*a web page instead of data/, "Test Connection");
      simulator.faultNext({ kind: "error", error: "invalid-model" });
      await chat.ask("three");
      await assertProblem(chat, /does not know the model/, "Open Settings");
      simulator.faultNext({ kind: "cut", afterChunks: 25 });
      await chat.ask("four");
      await assertProblem(chat, /connection to .* failed.*text so far is kept/, "Continue from Here", "Try Again");
      await workbench.screenshot("bad-input-gateway");
      await chat.ask("five");
      assert.match(await chat.lastWaybill(), /\$0\.0/);
      for (const text of ["one", "two", "three", "four", "five"]) {
        await chat.frame.locator("waybill-user-message").getByText(text, { exact: true }).waitFor();
      }
    }));

  it("as a refused connection or an unknown pinned model keeps the question and names the way out", async () => {
    await inWindow({ "waybill.gateway.url": "http://127.0.0.1:9/api/v1" }, async (chat) => {
      await chat.ask("hello");
      await assertProblem(chat, /127\.0\.0\.1:9 cannot be reached \(the connection was refused\)/, "Test Connection");
    });
    await inWindow({ "waybill.routing.pins": { question: "openai/gpt-nothing" } }, async (chat) => {
      await chat.ask("hello");
      await assertProblem(chat, /does not know the model openai\/gpt-nothing that you pinned/, "Open Settings");
    });
  });

  it("as an empty catalog says that there is nothing to choose from", async () => {
    // The list of the gateway that the other tests ask is known by now, and an empty one would not replace it.
    const newcomer = await startSimulator({ pace: "instant" });
    try {
      await inWindow({ "waybill.gateway.url": newcomer.baseUrl }, async (chat) => {
        newcomer.faultNext({ kind: "empty-catalog" });
        await chat.ask("hello");
        await assertProblem(chat, /offers no models/, "Test Connection");
        await chat.ask("hello again");
        await chat.lastWaybill();
      });
    } finally {
      await newcomer.close();
    }
  });

  it("in settings is named in the panel, and a budget that makes no sense never opens one", () =>
    inWindow(
      { "waybill.budget.workspacePerDay": "lots", "waybill.routing.profile": "cheapest" },
      async (chat, workbench) => {
        const named =
          /The setting waybill\.budget\.workspacePerDay makes no sense.* The setting waybill\.routing\.profile makes no sense/;
        await chat.frame.getByText(named).waitFor();
        await workbench.screenshot("bad-input-settings");
        await chat.ask("hello");
        await chat.lastWaybill();
      },
    ));

  it("in the gateway's address sends nothing and says which setting it is", () =>
    inWindow({ "waybill.gateway.url": "not an address" }, async (chat) => {
      await chat.ask("hello");
      await assertProblem(
        chat,
        /A setting makes no sense \(waybill\.gateway\.url must be an https address, or http on this machine or to the number of a private network\)/,
        "Open Settings",
      );
    }));

  it("past the budget is refused before anything is sent", () =>
    inWindow({ "waybill.budget.workspacePerDay": 0.00001 }, async (chat, workbench) => {
      const before = simulator.books().length;
      await chat.ask("hello");
      await assertProblem(
        chat,
        /This workspace's budget of \$0\.000010 a day.*could cost up to.*Nothing was sent/,
        "Set Budget",
      );
      await workbench.screenshot("bad-input-budget");
      assert.equal(simulator.books().length, before);
    }));
});

describe("a ledger that cannot be used", function () {
  this.timeout(240_000);
  it("stops paid requests, keeps the question, and a new one starts with what was spent", async () => {
    const simulator = await startSimulator({ pace: "instant" });
    const host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
    try {
      const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
      await mkdir(workbench.storageFolder, { recursive: true });
      await rm(join(workbench.storageFolder, "ledger.sqlite"), { force: true });
      await writeFile(join(workbench.storageFolder, "ledger.sqlite"), "this is no database".repeat(500));
      const chat = await openChat(workbench);
      await chat.ask("hello");
      await assertProblem(
        chat,
        /ledger on this machine is damaged, so paid requests are stopped.*your text is kept/,
        "Start a New Ledger",
      );
      await workbench.screenshot("bad-input-ledger");
      assert.equal(simulator.books().length, 0);
      await chat.problems.getByRole("button", { name: "Start a New Ledger" }).click();
      await workbench.page.getByRole("button", { name: "Start a New Ledger" }).click();
      await chat.ask("hello again");
      await chat.lastWaybill();
      await workbench.close();
    } finally {
      await host.close();
      await simulator.close();
    }
  });
});

describe("a window without a key", function () {
  this.timeout(240_000);
  it("says so, offers the step, keeps the question, and sends nothing", async () => {
    const host = await startWorkbenchHost();
    try {
      const workbench = await host.openWorkbench();
      const chat = await openChat(workbench);
      await chat.frame.getByRole("button", { name: "Enter key" }).waitFor();
      await workbench.screenshot("no-key");
      await chat.ask("hello");
      await assertProblem(chat, /There is no key for openrouter\.ai yet\. Nothing was/, "Enter Key");
      assert.deepEqual(await workbench.outsideRequests(), []);
      await chat.problems.getByRole("button", { name: "Enter Key" }).click();
      await workbench.page.getByText("Key for openrouter.ai").waitFor();
      await workbench.close();
    } finally {
      await host.close();
    }
  });
});
