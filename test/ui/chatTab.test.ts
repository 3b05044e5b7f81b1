import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { eventually } from "../setup/eventually.ts";
import { type ChatPage, chatPage, openNewChat } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const WIDE = { width: 1600, height: 1000 };
/** Longer lines are hard to read. */
const WIDEST_TEXT = 900;
const ANSWER = `A closure keeps what is around it. ${"It goes on for as long as somebody holds it. ".repeat(20)}

\`\`\`ts
const add = (left: number) => (right: number) => left + right;
\`\`\``;

/** What the editor needs to take up what was done. */
const WITHIN_MS = 15_000;

describe("the chat in an editor tab", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));
  before(() => workbench.page.setViewportSize(WIDE));

  async function openTab(): Promise<ChatPage> {
    await workbench.runCommand("Waybill: Open Chat in Editor");
    await workbench.page.getByRole("tab", { name: /^Waybill Chat/ }).waitFor();
    return await besideSideBar();
  }

  /** The side bar's own page bears the same title until it has gone. */
  async function besideSideBar(): Promise<ChatPage> {
    const beside = await workbench.webviewFrame("Waybill Chat Elsewhere");
    await beside.getByText("The chat is open in an editor tab.").waitFor();
    return await chatPage(workbench);
  }

  it("goes on where the side bar was, looks right when it is wide, and comes back from a reload and to the side bar", async () => {
    simulator.faultNext({ kind: "answer", content: ANSWER, times: 2 });
    const before = await openNewChat(workbench);
    await before.ask("What is a closure?");
    await before.lastWaybill();
    await before.question.fill("And what is not");
    await before.question.blur();
    const tab = await openTab();
    await tab.answers.last().getByText("A closure keeps").waitFor();
    assert.equal(await tab.question.inputValue(), "And what is not");
    await tab.ask("And what is none?");
    await tab.answers.nth(1).locator("waybill-receipt summary").waitFor();
    const box = await tab.answers.last().locator("waybill-markdown").boundingBox();
    assert.ok(box !== null && box.width <= WIDEST_TEXT && box.width > WIDEST_TEXT / 2, `${box?.width} wide`);
    await picturedInEveryTheme(workbench, async (theme) => await fadedScreenshot(workbench, `chat-tab-${theme}`));
    await workbench.reloadWindow();
    const again = await besideSideBar();
    await again.answers.last().getByText("A closure keeps").waitFor();
    // A page that is shown anew may be made twice.
    await eventually(async () => assert.equal(await again.answers.count(), 2), WITHIN_MS);
    const besideAgain = await workbench.webviewFrame("Waybill Chat Elsewhere");
    await besideAgain.getByRole("button", { name: "Show It Here" }).click();
    await workbench.page.getByRole("tab", { name: /^Waybill Chat/ }).waitFor({ state: "detached" });
    const back = await chatPage(workbench);
    await back.answers.last().getByText("A closure keeps").waitFor();
    await eventually(async () => assert.equal(await back.answers.count(), 2), WITHIN_MS);
  });

  it("can be read by everybody in every theme", async () => {
    simulator.faultNext({ kind: "answer", content: ANSWER });
    await openNewChat(workbench);
    const tab = await openTab();
    await tab.ask("What is a closure?");
    await tab.answers.last().locator("waybill-receipt summary").waitFor();
    // The check runs a script in every page, and the one in the side bar has none.
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await picturedInEveryTheme(
      workbench,
      async (theme) => await assertAccessible(workbench.page, "waybill-chat", theme),
    );
    await workbench.runCommand("Waybill: Show Chat in Side Bar");
    // Its page would be taken for the one in the side bar.
    await workbench.page.getByRole("tab", { name: /^Waybill Chat/ }).waitFor({ state: "detached" });
    await (await chatPage(workbench)).answers.last().getByText("A closure keeps").waitFor();
  });

  it("is brought to the front by what asks from an editor, and shown once only", async () => {
    await openNewChat(workbench);
    await openTab();
    await openTab();
    assert.equal(await workbench.page.getByRole("tab", { name: /^Waybill Chat/ }).count(), 1);
    await workbench.runCommand("Waybill: Show Chat in Side Bar");
    await workbench.page.getByRole("tab", { name: /^Waybill Chat/ }).waitFor({ state: "detached" });
    const back = await chatPage(workbench);
    await back.question.waitFor();
  });
});
