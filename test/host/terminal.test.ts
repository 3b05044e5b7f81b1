import assert from "node:assert/strict";
import { commands, env } from "vscode";
import { explainTerminalError } from "../../src/extension/features/terminal/explainTerminalError.ts";
import { FailedCommands } from "../../src/extension/features/terminal/failedCommands.ts";
import { until } from "./hostSteps.ts";

const KEY = `sk-or-v1-${"0f".repeat(32)}`;
const COPIED = [
  "\u001b[31merror\u001b[0m: cannot reach the registry",
  `  Authorization: Bearer ${"t0ken".repeat(6)}`,
  `  OPENROUTER_API_KEY=${KEY}`,
  "  url: https://me:hunter22@registry.example/left-pad",
  "",
].join("\r\n");

describe("the last error without shell integration", () => {
  const failed = new FailedCommands();
  const asked: { readonly code: readonly { readonly label: string; readonly text: string }[] }[] = [];
  const panel = { get: async () => ({ ask: async (question: (typeof asked)[number]) => asked.push(question) }) };
  let clipboard: string;

  before(async () => (clipboard = await env.clipboard.readText()));
  beforeEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    asked.length = 0;
  });
  after(async () => {
    await env.clipboard.writeText(clipboard);
    assert.equal(await env.clipboard.readText(), clipboard);
    failed.dispose();
  });

  const explain = () => explainTerminalError(failed, panel as never);
  /** The button of the notice; does nothing until it is there. */
  const useCopied = () => commands.executeCommand("notification.acceptPrimaryAction");

  it("is what the person copied, shown before it is sent, without secrets of known forms", async () => {
    await env.clipboard.writeText(COPIED);
    const explaining = explain();
    await until(async () => {
      await useCopied();
      await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return asked.length > 0;
    });
    await explaining;
    const [code] = asked[0]?.code ?? [];
    assert.equal(code?.label, "Terminal (copied)");
    assert.match(code.text, /^error: cannot reach the registry\n/);
    for (const secret of [KEY, "t0kent0ken", "hunter22"]) assert.ok(!code.text.includes(secret), secret);
    assert.equal(await env.clipboard.readText(), COPIED);
  });

  it("is not sent where the person closes what they were shown", async () => {
    await env.clipboard.writeText("something else, that is nobody's business");
    let isOver = false;
    const explaining = explain().then(() => (isOver = true));
    await until(async () => {
      await useCopied();
      await commands.executeCommand("workbench.action.closeQuickOpen");
      return isOver;
    });
    await explaining;
    assert.deepEqual(asked, []);
  });
});
