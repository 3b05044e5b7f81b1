import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { launchBrowser, openGuardedContext } from "../setup/browser.ts";
import type { OutsideAttempt } from "../setup/outsideAttempts.ts";

describe("the browser of the tests", () => {
  let browser: Browser;
  let server: Server;

  before(async () => {
    browser = await launchBrowser();
    server = createServer((_request, response) => response.end("here"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  after(async () => {
    await browser.close();
    server.close();
  });

  it("reaches this machine, and refuses and names every other one", async () => {
    const attempts: OutsideAttempt[] = [];
    const context = await openGuardedContext(browser, attempts);
    const page = await context.newPage();
    const failures: (string | undefined)[] = [];
    page.on("requestfailed", (request) => failures.push(request.failure()?.errorText));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is no string
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    const outcomes = await page.evaluate(async () => {
      const fetched = async (address: string): Promise<string> =>
        await fetch(address, { mode: "no-cors" }).then(
          () => "reached",
          () => "refused",
        );
      const socket = await new Promise<string>((resolve) => {
        const opened = new WebSocket("wss://socket.invalid/");
        opened.addEventListener("open", () => resolve("reached"));
        opened.addEventListener("error", () => resolve("refused"));
      });
      const image = await new Promise<string>((resolve) => {
        const shown = new Image();
        shown.addEventListener("load", () => resolve("reached"));
        shown.addEventListener("error", () => resolve("refused"));
        shown.src = "http://image.invalid/a.png";
      });
      return [
        await fetched("/"),
        await fetched("http://192.0.2.1/"),
        await fetched("https://name.invalid:8443/"),
        socket,
        image,
      ];
    });
    assert.deepEqual(outcomes, ["reached", "refused", "refused", "refused", "refused"]);
    assert.deepEqual(
      failures,
      Array.from({ length: 3 }, () => "net::ERR_NAME_NOT_RESOLVED"),
    );
    const targets = attempts.map(({ target }) => target).toSorted();
    assert.deepEqual(targets, ["192.0.2.1", "image.invalid", "name.invalid:8443", "socket.invalid"]);
    await context.close();
  });
});
