import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import type { Simulator } from "../../simulator/startSimulator.ts";
import { type ChatPage, chatPage, openChat, openNewChat } from "../chatPage.ts";
import { openLedger, queryLedger } from "../ledgerFile.ts";
import {
  killExtensionHosts,
  linesIn,
  numberedAnswer,
  seededChance,
  storedAnswers,
  textInView,
} from "../streamingStage.ts";
import { eventually } from "../../setup/eventually.ts";
import { withWindow } from "../suiteWindow.ts";
import type { Workbench } from "../workbench.ts";

const PACE = { firstTokenMs: 100, tokensPerSecond: 200 };
/** Some 3,000 tokens: a quarter of a minute, in which everything happens. */
const LINES = 170;
const ANSWER = numberedAnswer(LINES);
/** No token of the answer is longer than some ten letters; on average they have less than five. */
const LETTERS_PER_TOKEN = 5;
/** Kept every second, and a second more for a machine that was busy when the window ended. */
const LOST_SECONDS = 2;
const MOST_LOST = LOST_SECONDS * PACE.tokensPerSecond * LETTERS_PER_TOKEN;
const DRAFT = "And what is a thunk?";
/** Where a view can be moved to, and the part of the window that then shows it. */
const PLACES = [
  ["New Panel Entry", ".part.panel"],
  ["New Secondary Side Bar Entry", ".part.auxiliarybar"],
] as const;
const SNAPSHOT_WITHIN_MS = 5_000;
const LEASE_MS = 10 * 60 * 1000;
const MODEL = "anthropic/claude-haiku-4.5";

describe("promise 14: a streamed answer", function () {
  this.timeout(180_000);
  const seed = randomInt(2 ** 31);
  const chance = seededChance(seed);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    {
      simulator: { pace: PACE, generationLagMs: 0 },
      settings: {
        "waybill.routing.pins": { explain: MODEL, question: MODEL },
        "waybill.answers.maxTokens": 8_192,
        "waybill.chat.autoTitle": false,
      },
    },
    (opened) => ({ simulator, workbench } = opened),
  );
  afterEach(function () {
    if (this.currentTest?.state === "failed") process.stderr.write(`The seed of the moments was ${seed}.\n`);
  });

  const pause = async (leastMs: number, mostMs: number): Promise<void> =>
    workbench.page.waitForTimeout(leastMs + Math.floor(chance() * (mostMs - leastMs)));

  /** Asks, and waits until some of the answer is there. */
  const begin = async (chat: ChatPage): Promise<void> => {
    simulator.faultNext({ kind: "answer", content: ANSWER });
    await chat.ask("What is a closure?");
    await chat.answers.last().getByText("a closure keeps").first().waitFor({ timeout: 30_000 });
  };

  it("is whole, once and the same everywhere, however the view is hidden, moved and looked at meanwhile", async () => {
    const begun = await openNewChat(workbench);
    await begin(begun);
    await begun.question.fill(DRAFT);
    await pause(0, 900);
    for (const [destination, part] of PLACES) {
      await moveTo(workbench, destination);
      await workbench.page.locator(part).waitFor();
      const moved = await chatPage(workbench);
      await eventually(
        async () => assert.equal(await moved.question.inputValue(), DRAFT, destination),
        SNAPSHOT_WITHIN_MS,
      );
      await pause(200, 900);
    }
    await workbench.runCommand("View: Reset View Locations");
    const opening = workbench.openSecondWindow();
    for (let round = 0; round < 2; round += 1) {
      await pause(100, 900);
      await openChat(workbench);
      await pause(100, 900);
      await hide(workbench);
    }
    const chat = await openChat(workbench);
    const second = await opening;
    const early = await textInView(await openChat(second));
    assert.ok(ANSWER.startsWith(early.held), "another window shows the beginning of it");
    assert.match(await chat.lastWaybill(), /Claude Haiku/);
    await simulator.settled();
    assert.equal(storedAnswers(workbench).at(-1)?.text, ANSWER);
    assert.equal(storedAnswers(workbench).at(-1)?.state, "done");
    await assertWhole(chat);
    await eventually(async () => assert.equal(await chat.question.inputValue(), DRAFT), SNAPSHOT_WITHIN_MS);
    await second.reloadWindow();
    await assertWhole(await openChat(second));
    assert.equal(storedAnswers(workbench).length, 1);
    await second.close();
  });

  it("keeps all but its last second when the window is reloaded, and can go on", async () => {
    const chat = await openNewChat(workbench);
    await begin(chat);
    await pause(1_500, 4_000);
    const { held } = await textInView(chat);
    await workbench.reloadWindow();
    await assertCut(await openChat(workbench), held);
  });

  it("keeps all but its last second when the extension host is killed, and can go on", async () => {
    const chat = await openNewChat(workbench);
    await begin(chat);
    await pause(1_500, 4_000);
    const { held } = await textInView(chat);
    assert.ok(killExtensionHosts() > 0);
    const { text, state } = storedAnswers(workbench).at(-1) ?? { text: "", state: "" };
    assert.ok(ANSWER.startsWith(text) && text.length >= held.length - MOST_LOST);
    assert.equal(state, "streaming");
    await workbench.reloadWindow();
    const reopened = await openChat(workbench);
    await assertCut(reopened, held);
    simulator.faultNext({ kind: "answer", content: "and so on." });
    await reopened.frame.getByRole("button", { name: "Continue from Here", exact: true }).last().click();
    await reopened.answers.nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    assert.equal((await textInView(reopened)).held, "and so on.");
    assert.equal(storedAnswers(workbench).at(-2)?.text, text, "the first part stays as it was");
  });

  it("has its row in the ledger, however it ended", async () => {
    await simulator.settled();
    const ledger = await openLedger(workbench);
    await ledger.recoverOrphans(Date.now() + LEASE_MS);
    ledger.close();
    const [sums] = queryLedger(
      workbench,
      `SELECT (SELECT sum(spent_nano) FROM spend_total WHERE scope = 'user') AS spent,
         (SELECT count(*) FROM waybill) AS row_count, (SELECT count(*) FROM reservation) AS holds`,
    );
    assert.equal(sums?.["holds"], 0);
    assert.equal(sums?.["row_count"], simulator.books().length);
    assert.ok(simulator.billNanoUsd() <= Number(sums?.["spent"]));
  });

  async function assertCut(chat: ChatPage, heldBefore: string): Promise<void> {
    const problem = chat.problems.last();
    await problem.getByText("before this answer ended").waitFor();
    await problem.getByRole("button", { name: "Continue from Here", exact: true }).waitFor();
    const { held, shown } = await textInView(chat);
    assert.ok(ANSWER.startsWith(held) && held.length < ANSWER.length);
    const lost = heldBefore.length - held.length;
    assert.ok(lost <= MOST_LOST, `${lost} letters were lost, and ${MOST_LOST} are allowed`);
    assertOnce(shown);
  }
});

async function assertWhole(chat: ChatPage): Promise<void> {
  const { held, shown } = await textInView(chat);
  assert.equal(held, ANSWER);
  assertOnce(shown);
  assert.equal(linesIn(shown).length, LINES);
}

/** Line after line from the first, none twice. */
function assertOnce(shown: string): void {
  const lines = linesIn(shown);
  assert.deepEqual(
    lines,
    lines.map((_line, index) => index),
  );
}

/** Another view takes the place of the chat. */
async function hide({ page }: Workbench): Promise<void> {
  await page
    .getByRole("tab", { name: /^Explorer/u })
    .locator("a")
    .first()
    .click();
  await page.locator(".part.sidebar .explorer-folders-view").waitFor();
}

/** Its page is built anew where it comes to stand. */
async function moveTo(workbench: Workbench, destination: string): Promise<void> {
  const { page } = workbench;
  const pick = async (from: string, label: string): Promise<void> => {
    await page.getByPlaceholder(from).fill(label);
    await page.locator(".quick-input-widget:visible .monaco-list-row", { hasText: label }).first().click();
  };
  await workbench.runCommand("View: Move View");
  await pick("Select a View to Move", "Chat");
  await pick("Select a Destination for the View", destination);
}
