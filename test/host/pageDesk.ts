import { once } from "node:events";
import { createServer } from "node:http";
import type { Page } from "playwright-core";
import { webviewFrame } from "../ui/webviewFrame.ts";
import type { PageAnswer, PageWish } from "./askPage.ts";

const WITHIN_MS = 20_000;

/**
 * Does for tests inside the extension host what only someone in front of the window can do: press Escape, read what is told,
 * open the chat, trust the folder. On loopback, since the extension host has no other way to the page.
 */
export interface PageDesk {
  readonly address: string;
  /** The window it stands in front of, and what was tried to reach outside so far. */
  serve(page: Page, outside: () => Promise<readonly string[]>): void;
  close(): Promise<void>;
}

export async function startPageDesk(): Promise<PageDesk> {
  let answer = async (_wish: string): Promise<PageAnswer> => await Promise.reject(new Error("There is no page yet."));
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? "/", "http://desk").pathname.slice(1)).then(
      (told) => response.end(JSON.stringify(told)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    address: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    serve: (page, outside) => {
      answer = async (wish) => {
        const does = WISHES[wish as PageWish];
        if (does === undefined) throw new Error(`Nobody knows how to ${wish}.`);
        return { texts: wish === "outside" ? [...(await outside())] : await does(page) };
      };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const WISHES: Readonly<Record<PageWish, (page: Page) => Promise<string[]>>> = {
  escape: async (page) => {
    await page.keyboard.press("Escape");
    return [];
  },
  notices: async (page) => {
    const texts = await page.locator(".notification-list-item-message").allInnerTexts();
    const dialogs = await page.locator(".monaco-dialog-box").allInnerTexts();
    return [...texts, ...dialogs];
  },
  chat: async (page) => {
    const frame = await webviewFrame(page, "Waybill Chat");
    await frame.getByRole("textbox", { name: "Question" }).waitFor({ timeout: WITHIN_MS });
    return [];
  },
  ask: async (page) => {
    const frame = await webviewFrame(page, "Waybill Chat");
    await frame.getByRole("textbox", { name: "Question" }).fill("What does this project do?");
    await frame.getByRole("textbox", { name: "Question" }).press("Enter");
    return [];
  },
  trust: async (page) => {
    await page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).click();
    return [];
  },
  outside: async () => [],
};
