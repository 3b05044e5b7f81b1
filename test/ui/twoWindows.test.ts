import assert from "node:assert/strict";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openChat, openNewChat } from "./chatPage.ts";
import { openLedger, queryLedger } from "./ledgerFile.ts";
import { type Workbench, openWorkbench } from "./workbench.ts";

/** Pays for about eight answers. */
const LIMIT_USD = 0.025;
const LIMIT = toNanoUsd(LIMIT_USD * 1e9);
const MODEL = "anthropic/claude-haiku-4.5";
/** Some 430 tokens: more than a second, in the middle of which windows end, and most of what is held for it. */
const ANSWER = Array.from({ length: 36 }, (_, line) => `Part ${line}: a closure keeps what is around it.`).join("\n\n");
const PACE = { firstTokenMs: 100, tokensPerSecond: 300 };
const SETTINGS = {
  "waybill.routing.pins": { explain: MODEL, question: MODEL },
  "waybill.answers.maxTokens": 512,
  "waybill.budget.userPerDay": LIMIT_USD,
  "waybill.budget.onExceed": "block",
  // More than the two windows that end can reach, and less than where the next request is refused.
  "waybill.budget.alertAt": [60],
};
const ALERT = "All workspaces have used 60 % of their $0.025 today.";
const REFUSAL =
  /^Your budget of \$0\.025 a day has [^.]*\.\d+ spent.* Nothing was sent or charged, and your text is kept\. /;
const MAX_ROUNDS = 12;
const LEASE_MS = 10 * 60 * 1000;

/** A window with its chat open. */
interface ChatWindow {
  readonly workbench: Workbench;
  readonly chat: ChatPage;
}

describe("two windows with one small budget", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let workbench: Workbench;
  // Anew for each try: what was spent stays spent.
  beforeEach(async () => {
    simulator = await startSimulator({ pace: PACE, generationLagMs: 0 });
    simulator.faultNext({ kind: "answer", content: ANSWER, times: 2 + 2 * MAX_ROUNDS });
    workbench = await openWorkbench({
      settings: { "waybill.gateway.url": simulator.baseUrl, ...SETTINGS },
      environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key },
    });
  });
  afterEach(async () => {
    assert.deepEqual(await workbench.outsideRequests(), []);
    await workbench.close();
    await simulator.close();
  });

  it("never spend more than it together, and lose neither a request nor a hold when they end in an answer", async () => {
    const windows = await endInAnswers(await openTwo(workbench));
    const tellers: ChatWindow[] = [];
    const watches = windows.map(async (window) => {
      if (await isToldOfAlert(window)) tellers.push(window);
    });
    for (const refusal of await spendAll(windows)) assert.match(refusal, REFUSAL);
    await Promise.race(watches);
    assert.equal(tellers.length, 1, "one window tells of the alert, the other does not");
    await simulator.settled();
    await assertBooksHold(simulator, workbench);
  });
});

async function openTwo(workbench: Workbench): Promise<readonly [ChatWindow, ChatWindow]> {
  return await Promise.all([
    openChat(workbench).then((chat) => ({ workbench, chat })),
    openSecondWindow(workbench, openChat),
  ]);
}

/** Both windows end in the middle of an answer: one is reloaded, the other is closed and another one opened. */
async function endInAnswers([first, second]: readonly [ChatWindow, ChatWindow]): Promise<readonly ChatWindow[]> {
  const { workbench } = first;
  const reload = async (): Promise<ChatWindow> => {
    await untilAnswering(first.chat);
    await workbench.reloadWindow();
    return { workbench, chat: await openNewChat(workbench) };
  };
  const replace = async (): Promise<ChatWindow> => {
    await untilAnswering(second.chat);
    await second.workbench.close();
    return await openSecondWindow(workbench, openNewChat);
  };
  return await Promise.all([reload(), replace()]);
}

async function openSecondWindow(
  first: Workbench,
  open: (workbench: Workbench) => Promise<ChatPage>,
): Promise<ChatWindow> {
  const workbench = await first.openSecondWindow();
  return { workbench, chat: await open(workbench) };
}

async function untilAnswering(chat: ChatPage): Promise<void> {
  await chat.ask("What is a closure?");
  await chat.answers.last().getByText("a closure keeps").first().waitFor({ timeout: 30_000 });
}

/** `false` when the window closes before it is told, or after two minutes. */
async function isToldOfAlert({ workbench: { page } }: ChatWindow): Promise<boolean> {
  const toast = page.locator(".notification-toast", { hasText: ALERT }).first();
  return await toast.waitFor({ timeout: 120_000 }).then(
    () => true,
    () => false,
  );
}

/** All ask until all are refused in the same round, in which none of them holds anything. Answers the refusals. */
async function spendAll(windows: readonly ChatWindow[]): Promise<readonly string[]> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const ends = await Promise.all(windows.map(async ({ chat }) => await askToEnd(chat)));
    const refusals = ends.filter((end) => end !== undefined);
    if (refusals.length === windows.length) return refusals;
  }
  assert.fail("the budget was not used up");
}

/** What the window says instead of an answer; `undefined` when there is one, once its waybill is there. */
async function askToEnd(chat: ChatPage): Promise<string | undefined> {
  const answer = chat.answers.nth(await chat.answers.count());
  await chat.ask("What is a closure?");
  const sentence = answer.locator("waybill-problem .sentence");
  await sentence.or(answer.locator("waybill-receipt summary")).first().waitFor({ timeout: 40_000 });
  return (await sentence.count()) === 0 ? undefined : await sentence.first().innerText();
}

/** What was billed is counted and within the limit, each request has its row, and nothing stays held. */
async function assertBooksHold(simulator: Simulator, workbench: Workbench): Promise<void> {
  const ledger = await openLedger(workbench);
  assert.equal(ledger.repair, undefined);
  // Only windows that ended can have left holds; those count whole once their leases are over.
  assert.ok((await ledger.recoverOrphans(Date.now() + LEASE_MS)) <= 2);
  ledger.close();
  const bill = simulator.billNanoUsd();
  const [sums] = queryLedger(
    workbench,
    `SELECT (SELECT sum(spent_nano) FROM spend_total WHERE scope = 'user') AS spent,
       (SELECT count(*) FROM reservation) AS holds`,
  );
  const spent = Number(sums?.["spent"]);
  assert.ok(bill > LIMIT / 2 && bill <= spent && spent <= LIMIT, `${bill} was billed and ${spent} counted`);
  assert.equal(sums?.["holds"], 0);
  assertEachHasRow(simulator, workbench);
}

/** By chat: a window that ends early may not know the gateway's id of its request. */
function assertEachHasRow(simulator: Simulator, workbench: Workbench): void {
  const rows = queryLedger(workbench, "SELECT chat, count(*) AS count FROM waybill GROUP BY chat");
  const counts = new Map(rows.map(({ chat, count }) => [String(chat), Number(count)]));
  const chats = simulator.books().map(({ sessionId }) => String(sessionId));
  assert.ok(chats.length >= 4);
  for (const chat of new Set(chats)) {
    const asked = chats.filter((other) => other === chat).length;
    assert.ok((counts.get(chat) ?? 0) >= asked, `${asked} requests of a chat have ${counts.get(chat) ?? 0} rows`);
  }
}
