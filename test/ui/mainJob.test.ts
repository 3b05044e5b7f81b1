import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { formatUsd } from "../../src/core/money/formatUsd.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openChat, selectLines, statusText } from "./chatPage.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("the main job", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 300, firstTokenMs: 200 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  it("is done by clicking: ask about the selected function, read the answer, its waybill, the status bar and the ledger", async () => {
    const { page } = workbench;
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    const chat = await openChat(workbench);
    await chat.frame.getByRole("button", { name: "Remove src/invoice.ts:16-22" }).waitFor();
    await chat.question.fill("Explain what this function does");
    await chat.frame.getByRole("button", { name: "Send" }).click();

    const line = await chat.lastWaybill();
    await simulator.settled();
    const [booked] = simulator.books();
    assert.ok(booked?.modelServed);
    const bill = toNanoUsd(simulator.billNanoUsd());
    assert.ok(bill > 0);
    assert.ok(line.includes(formatUsd(bill)), line);
    assert.ok(line.includes(booked.provider ?? "?"), line);

    const answer = chat.answers.last();
    await answer.locator("h2, h3").first().waitFor();
    assert.match(await chat.lastText(), /totalCents/);

    const details = await chat.unfoldLastWaybill();
    assert.ok(details.includes(booked.modelServed), details);
    assert.ok(details.includes(booked.generationId), details);
    assert.match(details, /Why this model\?/);
    assert.match(details, /Task: explain/);
    await workbench.screenshot("main-job");

    const shown = await statusText(page);
    assert.ok(shown.includes(formatUsd(bill)), shown);

    const rows = ledgerRows(workbench);
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.["cost_nano"], bill);
    assert.equal(rows[0]?.["cost_source"], "billed");
    assert.equal(rows[0]?.["generation_id"], booked.generationId);
    assert.equal(rows[0]?.["served_model"], booked.modelServed);
    assert.deepEqual(await workbench.outsideRequests(), []);
  });

  it("sends exactly the code that the chip named", () => {
    const request = simulator.requests.find(({ path }) => path.endsWith("/chat/completions"));
    const sent = JSON.stringify(request?.body);
    assert.ok(sent.includes("src/invoice.ts:16-22"));
    assert.ok(sent.includes("i <= lines.length"));
    assert.ok(!sent.includes("taxCents"), "nothing outside the selection is sent");
  });
});

function ledgerRows(workbench: Workbench): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(workbench.storageFolder, "ledger.sqlite"), { readOnly: true });
  try {
    return database.prepare("SELECT * FROM waybill ORDER BY sequence").all();
  } finally {
    database.close();
  }
}
