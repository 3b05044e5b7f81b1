import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
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

  it("is a file that is dropped from the explorer, or a picture, wherever on the page", async () => {
    const chat = await openNewChat(workbench);
    const { page, workspaceFolder } = workbench;
    const hint = chat.frame.getByText("Drop to send along with the question");
    // As the explorer of a window in a browser names a file.
    const list = `vscode-remote://${new URL(page.url()).host}${workspaceFolder}/src/dates.ts`;
    await hold(chat.question, { list });
    await hint.waitFor();
    await drop(chat.question, { list });
    const chips = chat.frame.locator("waybill-chips").first();
    await chips.getByText("src/dates.ts").waitFor();
    assert.ok(!(await hint.isVisible()));
    await drop(chat.frame.locator("waybill-empty-state"), { picture: PICTURE });
    await chips.getByText("chart.png").waitFor();
    await chat.ask("What is in these?");
    await chat.lastWaybill();
    const request = simulator.requests.findLast(({ path }) => path.endsWith("/chat/completions"));
    const sent = JSON.stringify(request?.body);
    assert.match(sent, /src\/dates\.ts:\\n```/);
    assert.ok(sent.includes(`data:image/png;base64,${PICTURE}`));
  });
});

/** One transparent pixel. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** What is dragged: a list of addresses as the explorer has it, or a picture in base64 as other programs give it. */
interface Dragged {
  readonly list?: string;
  readonly picture?: string;
}

async function hold(place: Locator, dragged: Dragged): Promise<void> {
  await drag(place, "dragover", dragged);
}

async function drop(place: Locator, dragged: Dragged): Promise<void> {
  await drag(place, "dragover", dragged);
  await drag(place, "drop", dragged);
}

/** Whether the page takes it, as a browser asks. */
async function drag(place: Locator, type: "dragover" | "drop", dragged: Dragged): Promise<void> {
  const isTaken = await place.evaluate(
    (element, { eventType, list, picture }) => {
      const dataTransfer = new DataTransfer();
      if (list !== undefined) dataTransfer.setData("application/vnd.code.uri-list", list);
      if (picture !== undefined) {
        const bytes = Uint8Array.from(atob(picture), (letter) => letter.codePointAt(0) ?? 0);
        dataTransfer.items.add(new File([bytes], "chart.png", { type: "image/png" }));
      }
      const how = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      return !element.dispatchEvent(new DragEvent(eventType, how));
    },
    { eventType: type, ...dragged },
  );
  assert.ok(isTaken, type);
}
