import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { openChatStore } from "../../src/store/chatStore.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { storedChat, storedMessage } from "../store/chatFolder.ts";
import { openNewChat } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("the list of chats", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  const widget = () => workbench.page.locator(".quick-input-widget:visible");
  const input = () => widget().locator(".quick-input-box input");
  const row = (name: string) =>
    widget()
      .locator(".quick-input-list .monaco-list-row")
      .filter({ has: workbench.page.getByText(name, { exact: true }) });
  const titleButton = (name: RegExp) => widget().locator(".quick-input-titlebar").getByRole("button", { name });
  const toast = () => workbench.page.locator(".notification-toast");

  async function list(): Promise<void> {
    await workbench.runCommand("Waybill: Chats");
    await widget().getByText("Waybill: Chats of This Workspace").waitFor();
    // Away from the list, where the pointer would bring up a hint.
    await workbench.page.mouse.move(640, 700);
  }

  async function pressRowButton(item: Locator, name: RegExp): Promise<void> {
    await item.hover();
    await item.getByRole("button", { name }).click();
  }

  /** One chat is asked in the window, the others are as other windows would have left them. */
  before(async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a monad?");
    await chat.lastWaybill();
    const store = await openChatStore(join(workbench.storageFolder, "chats.sqlite"));
    const [asked] = await store.listChats({ limit: 1 });
    assert.ok(asked);
    const { workspace } = asked;
    const titled = { workspace, title: "Parsing the configuration", titleSource: "auto" } as const;
    await store.importChat(
      storedChat("one", {
        ...titled,
        messages: [
          storedMessage("q", { text: "How do I parse TOML?" }),
          storedMessage("a", {
            role: "assistant",
            parentId: "q",
            text: "Use a library, 配置文件 and all, called smol.",
          }),
        ],
      }),
      Date.now() - 3_600_000,
    );
    const elsewhere = { workspace: "file:///home/me/other%20project", title: "Of other things", titleSource: "person" };
    await store.importChat(
      storedChat("two", { ...elsewhere, titleSource: "person", messages: [storedMessage("q")] }),
      Date.now() - 400 * 24 * 3_600_000,
    );
    store.close();
  });

  it("shows those of this workspace, the newest first, in every theme", async () => {
    await picturedInEveryTheme(
      workbench,
      async (theme) => {
        await list();
        await row("What is a monad?").waitFor();
        await row("Parsing the configuration").waitFor();
        assert.equal(await row("Of other things").count(), 0);
        await fadedScreenshot(workbench, `chats-${theme}`);
      },
      () => workbench.page.keyboard.press("Escape"),
    );
    await workbench.page.keyboard.press("Escape");
  });

  it("finds a chat by anything that was said, here or everywhere", async () => {
    await list();
    await input().fill("smol 配置");
    await row("Parsing the configuration")
      .getByText(/called smol/)
      .waitFor();
    await fadedScreenshot(workbench, "chats-found");
    await input().fill('no such "words" AND');
    await row("No chat has all of these words").waitFor();
    await input().fill("things");
    await titleButton(/All Workspaces/).click();
    await row("Of other things")
      .getByText(/other project/)
      .waitFor();
    await fadedScreenshot(workbench, "chats-everywhere");
    await titleButton(/This Workspace Only/).click();
    await row("No chat has all of these words").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("renames a chat", async () => {
    await list();
    await pressRowButton(row("What is a monad?"), /^Rename/);
    await widget().getByText("Waybill: Rename Chat").waitFor();
    await input().fill("Of monads");
    await input().press("Enter");
    await row("Of monads").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("deletes a chat, and brings it back", async () => {
    await list();
    await pressRowButton(row("Parsing the configuration"), /^Delete/);
    await toast()
      .getByText(/Deleted “Parsing the configuration”/)
      .waitFor();
    await row("Parsing the configuration").waitFor({ state: "detached" });
    await fadedScreenshot(workbench, "chats-deleted");
    await toast().getByRole("button", { name: "Undo" }).click();
    await list();
    await row("Parsing the configuration").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("asks no model for any of it", () => {
    const chats = simulator.requests.filter(({ path }) => path.includes("chat"));
    assert.equal(chats.length, 1);
  });
});
