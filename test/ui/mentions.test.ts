import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openNewChat } from "./chatPage.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("a mention in the chat", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  it("is completed, shows as a chip beside the project's instructions, and is sent with both", async () => {
    await writeFile(join(workbench.workspaceFolder, "AGENTS.md"), "Answer in verse.\n");
    const chat = await openNewChat(workbench);
    await chat.question.pressSequentially("what is in @invoice");
    await chat.frame.getByRole("option").filter({ hasText: "invoice.ts" }).first().waitFor();
    await chat.question.press("Enter");
    const chips = chat.frame.locator("waybill-chips").first();
    await chips.getByText("src/invoice.ts").waitFor();
    await chips.getByText("AGENTS.md").waitFor();
    await chat.question.press("Enter");
    await chat.lastWaybill();
    const request = simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"));
    const sent = JSON.stringify(request?.body);
    assert.match(sent, /Instructions of this project, from AGENTS\.md:\\n\\nAnswer in verse\./);
    assert.match(sent, /what is in.*src\/invoice\.ts:\\n```/);
  });
});
