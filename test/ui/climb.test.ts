import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openNewChat, selectLines } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** Line 3 of the code lacks a bracket; of a document in a diff TypeScript reports the syntax only. */
const BAD_FIX = [
  "```typescript",
  "export function totalCents(lines: readonly InvoiceLine[]): number {",
  "  let total = 0;",
  "  for (const line of lines { total += line.quantity * line.unitPriceCents; }",
  "  return total;",
  "}",
  "```",
].join("\n");

describe("climbing by a check", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    {
      simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 100 } },
      settings: {
        "waybill.routing.climb": "on-failed-check",
        "waybill.routing.climbBudget": 1,
        "editor.minimap.enabled": false,
      },
    },
    (opened) => ({ simulator, workbench } = opened),
  );

  it("keeps an empty answer readable beside the next one, with its waybill and why another was asked", async () => {
    simulator.faultNext({ kind: "answer", content: "", reasoning: "Hm." });
    const chat = await openNewChat(workbench);
    await chat.ask("Explain closures");
    await chat.version("Answer 2 of 2").waitFor({ timeout: 30_000 });
    await chat.lastWaybill();
    await chat.frame.getByRole("button", { name: "Previous answer" }).click();
    await chat.version("Answer 1 of 2").waitFor();
    await chat.answers
      .last()
      .getByText(/The answer of .* was empty, so .* was asked\./)
      .waitFor();
    assert.equal(await chat.waybills.count(), 1);
    await chat.frame.getByRole("button", { name: "Next answer" }).click();
    await chat.version("Answer 2 of 2").waitFor();
    assert.match(await chat.unfoldLastWaybill(), /Tried before\s.*the answer was empty; .*\sIn all\s/s);
    await chat.waybills.last().click();
    await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `climb-chat-${theme}`));
  });

  const FAILED = [
    { name: "no-code", what: "holds no code", content: "I would use < here.", lesson: /it held no code block/ },
    {
      name: "new-errors",
      what: "leaves new errors",
      content: BAD_FIX,
      lesson: /it leaves new errors \(line 3 of the code: '[^']+' expected/,
    },
  ];
  for (const { name, what, content, lesson } of FAILED) {
    it(`asks again for a fix that ${what}, in the diff and with the file untouched`, async () => {
      const { page } = workbench;
      await workbench.openFile("src/invoice.ts");
      await page.locator(".squiggly-error").first().waitFor({ timeout: 60_000 });
      const file = join(workbench.workspaceFolder, "src", "invoice.ts");
      const before = await readFile(file, "utf8");
      simulator.faultNext({ kind: "answer", content });
      await selectLines(page, 16, 22);
      await workbench.runCommand("Waybill: Fix");
      const message = page.locator(".notification-list-item-message");
      const ready = message.getByText(/The fix is ready: .* in all/);
      await ready.waitFor({ timeout: 60_000 });
      // VS Code hides a notice after ten seconds, but not under the mouse.
      await ready.hover();
      await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `climb-${name}-${theme}`));
      const asked = simulator.requests.filter(({ path }) => path.includes("chat")).at(-1);
      assert.match(JSON.stringify(asked?.body), lesson);
      assert.equal(await readFile(file, "utf8"), before);
      await page.getByRole("button", { name: "Drop", exact: true }).last().click();
      await page.locator(".tab", { hasText: "Waybill: fix of" }).waitFor({ state: "detached" });
    });
  }
});
