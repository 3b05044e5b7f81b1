import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat, placeCursor, selectLines } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const CITATIONS = [
  { url: "https://tc39.es/ecma262/#sec-array.prototype.reduce", title: "Array.prototype.reduce – ECMAScript" },
  { url: "https://bücher.example/", title: "Safe\u202Egnp.exe [x](javascript:alert(1)) <img src=x onerror=alert(1)>" },
  { url: "https://example.com/a-page-without-a-name" },
  { url: "javascript:alert(1)", title: "Script" },
  { url: "data:text/html,<script>alert(1)</script>", title: "Data" },
  { url: "https://bank.example@evil.example/", title: "Bank" },
  ...Array.from({ length: 10_000 }, (_each, place) => ({
    url: `https://many.example/${place}`,
    title: `Page ${place}`,
  })),
];

const ANSWER =
  "Call `totalCents` and `formatCents()`, as `summary` does; `nowhereAtAll` and `total` are no symbols here.";
/** What a language server needs to begin. */
const STARTED_WITHIN_MS = 30_000;

describe("what an answer refers to", function () {
  this.timeout(150_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let chat: ChatPage;
  const settings = { "editor.minimap.enabled": false, "waybill.chat.nearbySymbols": true };
  withWindow({ simulator: { pace: "instant" }, settings }, (opened) => ({ simulator, workbench } = opened));

  it("is listed below it, folded, bounded and inert, in every theme", async () => {
    chat = await openChat(workbench);
    simulator.faultNext({ kind: "answer", content: "Use `reduce`.", citations: CITATIONS });
    await chat.ask("How do others sum up?");
    await chat.lastWaybill();
    const sources = chat.answers.last().locator("waybill-sources");
    const links = sources.getByRole("link");
    await sources.getByText("Sources (50)", { exact: true }).waitFor();
    assert.equal(await links.first().isVisible(), false);
    await sources.locator("summary").click();
    assert.deepEqual((await links.allInnerTexts()).slice(0, 4), [
      "Array.prototype.reduce – ECMAScript",
      "Safe gnp.exe [x](javascript:alert(1)) <img src=x onerror=alert(1)>",
      "example.com",
      "Page 0",
    ]);
    assert.deepEqual((await sources.locator(".host").allInnerTexts()).slice(0, 3), [
      "tc39.es",
      "xn--bcher-kva.example",
      "many.example",
    ]);
    assert.equal(await sources.locator("[href], [src], img").count(), 0);
    await picturedInEveryTheme(workbench, async (theme) => {
      await links.nth(1).focus();
      await fadedScreenshot(workbench, `sources-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
  });

  it("is opened only after the whole address was shown", async () => {
    await chat.answers.last().locator("waybill-sources").getByRole("link").nth(1).press("Enter");
    const dialog = workbench.page.locator(".monaco-dialog-box");
    await dialog.getByText("https://xn--bcher-kva.example/").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
  });

  it("comes back with the chat after a reload", async () => {
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await chat.answers.last().getByText("Sources (50)", { exact: true }).waitFor();
  });

  it("is linked where it is a symbol of the workspace, which opens there", async () => {
    await workbench.openFile("src/invoice.ts");
    const answer = chat.answers.last();
    const names = answer.locator("a.name-link");
    // Until the language server has begun nothing is found, and an answer asks once.
    await eventually(async () => {
      simulator.faultNext({ kind: "answer", content: ANSWER });
      await chat.ask("What is there?");
      await chat.lastWaybill();
      await answer.getByRole("link", { name: "totalCents" }).waitFor({ timeout: 4_000 });
    }, STARTED_WITHIN_MS);
    await answer.getByRole("link", { name: "formatCents()" }).waitFor();
    assert.deepEqual(await names.allInnerTexts(), ["totalCents", "formatCents()"]);
    await answer.getByRole("link", { name: "formatCents()" }).click();
    await workbench.page.locator(".statusbar-item", { hasText: "Ln 28," }).waitFor();
  });

  it("goes along by itself where a selection uses it, as a chip that is seen, sent and taken off", async () => {
    chat = await openNewChat(workbench);
    await workbench.openFile("src/invoice.ts");
    const chip = chat.frame
      .locator("waybill-chips")
      .first()
      .getByText(/nearby: /);
    await eventually(async () => {
      await selectLines(workbench.page, 33, 36);
      await chip.waitFor({ timeout: 4_000 });
    }, STARTED_WITHIN_MS);
    await chat.question.fill("What is due?");
    await chat.frame
      .locator("waybill-chips")
      .first()
      .getByText(/tokens · /)
      .last()
      .waitFor();
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `nearby-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    const shown = (await chip.innerText()).trim();
    await chat.question.press("Enter");
    await chat.lastWaybill();
    const body = JSON.stringify(simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"))?.body);
    assert.ok(body.includes(shown), shown);
    assert.match(body, /src\/dates\.ts:\d+-\d+/);

    await selectLines(workbench.page, 32, 36);
    await chip.waitFor();
    await chat.frame.getByRole("button", { name: /^Remove nearby: / }).click();
    await chip.waitFor({ state: "detached" });
    await chat.frame.locator("waybill-chips").first().getByText("src/invoice.ts:32-36").waitFor();
  });

  it("goes along for the definition around the cursor, and with commands, and is named where they show what they send", async () => {
    const { page } = workbench;
    const sent = () =>
      JSON.stringify(simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"))?.body);
    chat = await openNewChat(workbench);
    await workbench.openFile("src/invoice.ts");
    await placeCursor(page, 34);
    const chips = chat.frame.locator("waybill-chips").first();
    await chips.getByText(/^nearby: summary, /).waitFor();
    await chat.ask("What is due?");
    await chat.lastWaybill();
    assert.match(sent(), /nearby: summary, .*src\/invoice\.ts:32-36:.*src\/dates\.ts:\d+-\d+/);
    await chips.getByText(/nearby: /).waitFor({ state: "detached" });

    await selectLines(page, 33, 36);
    await workbench.runCommand("Waybill: Explain");
    await chat.untilAnswered(2);
    assert.match(sent(), /Explain this code\..*nearby: .*src\/dates\.ts:\d+-\d+/);
    await chat.frame
      .locator("waybill-user-message")
      .last()
      .getByText(/nearby: /)
      .first()
      .waitFor();

    await selectLines(page, 33, 36);
    await workbench.runCommand("Waybill: Fix");
    await page.locator(".tab", { hasText: /Waybill: fix of src\/invoice\.ts:33-36 \(nearby: / }).waitFor();
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
    assert.match(sent(), /Replace the first block only\..*nearby: .*src\/dates\.ts:\d+-\d+/);
  });
});
