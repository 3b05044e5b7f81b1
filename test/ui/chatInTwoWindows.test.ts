import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openChat, untilWriting } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { type Workbench, openWorkbench } from "./workbench.ts";

const ANSWER = Array.from({ length: 60 }, (_, line) => `Part ${line}: a closure keeps what is around it.`).join("\n\n");
const LAST = "Part 59";
/** Some twenty seconds: the other window opens within them. */
const PACE = { firstTokenMs: 100, tokensPerSecond: 30 };
const WITHIN_MS = 60_000;

describe("one chat in two windows", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let first: Workbench;
  let second: Workbench;
  beforeEach(async () => {
    simulator = await startSimulator({ pace: PACE, generationLagMs: 0 });
    first = await openWorkbench({
      settings: {
        "waybill.gateway.url": simulator.baseUrl,
        "waybill.answers.maxTokens": 2_000,
        "waybill.chat.autoTitle": false,
      },
      environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key },
    });
    second = await first.openSecondWindow();
  });
  afterEach(async () => {
    assert.deepEqual(await first.outsideRequests(), []);
    await first.close();
    await simulator.close();
  });

  it("shows the other window's answer as it grows, pays once, and goes on with it when it has ended", async () => {
    simulator.faultNext({ kind: "answer", content: ANSWER });
    const chat = await openChat(first);
    await chat.ask("What is a closure?");
    await untilWriting(chat.answers.last());
    const other = await openChat(second);
    await other.answers.last().getByText("being answered in another window").waitFor();
    await assertOffersNothing(other);
    await second.screenshot("chat-answered-elsewhere");
    // A question that is typed here waits for the answer there.
    await other.ask("And why?");
    await other.frame.getByText(LAST).first().waitFor({ timeout: WITHIN_MS });
    await eventually(async () => assert.equal(await other.answers.count(), 2), WITHIN_MS);
    await other.lastWaybill();
    assert.equal(simulator.books().length, 2, "the answer was paid for once, and so was the next one");
    assert.equal(await chat.answers.first().getByText(LAST).count(), 1);
    assert.equal(await other.frame.getByText("being answered in another window").count(), 0);
  });

  it("offers to go on with it once the other window is gone", async () => {
    simulator.faultNext({ kind: "answer", content: ANSWER });
    const chat = await openChat(second);
    await chat.ask("What is a closure?");
    await untilWriting(chat.answers.last());
    const other = await openChat(first);
    await other.answers.last().getByText("being answered in another window").waitFor();
    await second.close();
    await other.answers.last().getByText("The window closed before this answer ended").waitFor({ timeout: WITHIN_MS });
    await other.problems
      .last()
      .getByRole("button", { name: /^Continue/ })
      .waitFor();
  });
});

async function assertOffersNothing({ answers, problems }: ChatPage): Promise<void> {
  assert.equal(await problems.count(), 0);
  assert.equal(
    await answers
      .last()
      .getByRole("button", { name: /Try Again|Continue|Regenerate/i })
      .count(),
    0,
  );
}
