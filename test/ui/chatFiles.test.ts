import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StoredChat } from "../../src/store/chatStore.ts";
import { eventually } from "../setup/eventually.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openChat, openNewChat } from "./chatPage.ts";
import { fadedScreenshot } from "./everyTheme.ts";
import { readStoredChats } from "./storedChats.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("a chat as a file", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: "instant" }, settings: { "files.simpleDialog.enable": true } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const widget = () => workbench.page.locator(".quick-input-widget:visible");
  const input = () => widget().locator(".quick-input-box input");
  const row = (text: string) => widget().locator(".monaco-list-row", { hasText: text }).first();
  const toast = (text: RegExp) => workbench.page.locator(".notification-toast", { hasText: text });
  const inWorkspace = (name: string) => join(workbench.workspaceFolder, name);

  /** Branches of both kinds: a question that was worded anew, and a second answer. A test that comes again makes it anew, too. */
  beforeEach(async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await chat.button("Answer again").click();
    await chat.version("Answer 2 of 2").waitFor();
    await chat.lastWaybill();
    await chat.button("Edit and ask again").click();
    const field = chat.frame.getByRole("textbox", { name: "New wording" });
    await field.fill("What is a mutex — «à propos»? 鍵");
    await field.press("Enter");
    await chat.version("Question 2 of 2").waitFor();
    await chat.lastWaybill();
    await workbench.page.waitForTimeout(600);
  });
  // The dialog would ask about files that are there.
  afterEach(async () => {
    for (const name of ["chat.md", "first.json"]) await rm(inWorkspace(name), { force: true });
  });

  /** Up to the dialog for the file. */
  async function startExport(format: "Markdown" | "JSON"): Promise<void> {
    await workbench.runCommand("Waybill: Export Chat");
    await row("What is a").click();
    await widget().getByText("Waybill: Export Chat as").waitFor();
    await fadedScreenshot(workbench, "export-format");
    await row(format).click();
    await widget().getByText("Export Chat", { exact: true }).waitFor();
  }

  async function typePath(path: string): Promise<void> {
    // The dialog writes its proposal a moment after it opens, over whatever was typed.
    await eventually(async () => assert.match(await input().inputValue(), /\/$|\.(md|json)$/), WITHIN_MS);
    await workbench.page.waitForTimeout(500);
    await input().fill(path);
    await workbench.page.waitForTimeout(500);
    assert.equal(await input().inputValue(), path);
    // While it still reads the folder the dialog takes no Enter.
    await eventually(async () => {
      if (await input().isVisible()) await input().press("Enter");
      await input().waitFor({ state: "hidden", timeout: 2000 });
    }, WITHIN_MS);
  }

  async function exportTo(format: "Markdown" | "JSON", path: string): Promise<string> {
    await startExport(format);
    await fadedScreenshot(workbench, `export-file-${format.toLowerCase()}`);
    await typePath(path);
    await toast(/The chat was written to /).waitFor();
    await fadedScreenshot(workbench, "export-written");
    await workbench.runCommand("Notifications: Clear All Notifications");
    await toast(/The chat was written to /).waitFor({ state: "detached" });
    return readFile(path, "utf8");
  }

  async function importFrom(path: string): Promise<void> {
    await workbench.runCommand("Waybill: Import Chat");
    await widget().getByText("Import Chat", { exact: true }).waitFor();
    await typePath(path);
  }

  it("is Markdown of the branch that was looked at, to be read by people", async () => {
    const text = await exportTo("Markdown", inWorkspace("chat.md"));
    assert.match(text, /^# What is a closure\?\n/);
    assert.match(text, /## Question\n\nWhat is a mutex — «à propos»\? 鍵\n/);
    assert.match(text, /3 more messages are on other branches/);
    assert.match(text, /> Waybill: .*\$0\.\d+/);
  });

  it("is JSON of the whole tree, which comes back as another chat, the same to the byte", async () => {
    const first = inWorkspace("first.json");
    await exportTo("JSON", first);
    const asked = simulator.requests.length;
    const before = await readStoredChats(workbench);
    await importFrom(first);
    const chat = await openChat(workbench);
    await chat.version("Question 2 of 2").waitFor();
    await fadedScreenshot(workbench, "imported");
    // The chat before looks the same until the imported one takes its place.
    await eventually(async () => {
      if (await chat.version("Question 2 of 2").isVisible()) await chat.button("Previous question").click();
      await chat.version("Answer 2 of 2").waitFor({ timeout: 3000 });
    }, WITHIN_MS);
    const [imported, original] = await eventually(async () => {
      const chats = await readStoredChats(workbench);
      assert.equal(chats.length, before.length + 1);
      return chats;
    }, WITHIN_MS);
    assert.ok(imported !== undefined && original !== undefined);
    assert.notEqual(imported.id, original.id);
    assert.equal(treeText(imported), treeText(original));
    assert.equal(simulator.requests.length, asked, "nothing is asked for it");
  });

  it("that is no chat is refused in one sentence, with another file to choose", async () => {
    const other = inWorkspace("other.json");
    await writeFile(other, '{"name":"other"}');
    const before = await readStoredChats(workbench);
    await importFrom(other);
    const refusal = toast(/The file is no chat that Waybill exported as JSON, so nothing was imported/);
    await refusal.getByRole("button", { name: "Choose Another File" }).waitFor();
    await fadedScreenshot(workbench, "import-refused");
    await refusal.getByRole("button", { name: "Choose Another File" }).click();
    await widget().getByText("Import Chat", { exact: true }).waitFor();
    await workbench.page.keyboard.press("Escape");
    assert.equal((await readStoredChats(workbench)).length, before.length);
  });
});

const WITHIN_MS = 15_000;

/** All of a chat but the ids, which are its own; turns and offers are of the machine that it comes from. */
function treeText({ title, titleSource, choice, messages }: StoredChat): string {
  const places = new Map(messages.map(({ id }, place) => [id, place]));
  const rows = messages.map(({ id: _id, parentId, details, ...said }) => {
    const { turnId: _turn, stronger: _offer, ...kept } = JSON.parse(details) as Record<string, unknown>;
    return { parent: places.get(parentId ?? ""), ...said, kept };
  });
  return JSON.stringify({ title, titleSource, choice, rows }, undefined, 1);
}
