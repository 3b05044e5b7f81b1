import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import type { Simulator } from "../../simulator/startSimulator.ts";
import { type ChatPage, openNewChat } from "../chatPage.ts";
import { HOSTILE_ANSWERS, HOSTILE_HTML } from "../hostilePayloads.ts";
import { withWindow } from "../suiteWindow.ts";
import type { Workbench } from "../workbench.ts";

const ANSWERS = 4;
/** What a browser needs to ask for what it was told to load. */
const LOADING_MS = 1_500;
/** What a frame needs to answer, at most. */
const ANSWERING_MS = 5_000;

describe("promise 09: hostile text", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  it("of which there are more than two hundred kinds", () => {
    assert.ok(new Set(HOSTILE_ANSWERS).size >= 200);
  });

  it("in answers, reasoning and questions runs nothing, loads nothing and becomes no element", async () => {
    const chat = await openNewChat(workbench);
    const size = Math.ceil(HOSTILE_ANSWERS.length / ANSWERS);
    for (let round = 0; round < ANSWERS; round += 1) {
      const text = HOSTILE_ANSWERS.slice(round * size, (round + 1) * size).join("\n\n");
      simulator.faultNext({ kind: "answer", content: text, reasoning: text });
      await chat.ask(`Explain ${HOSTILE_HTML[round] ?? ""} ${HOSTILE_HTML[20 + round] ?? ""}`);
      await chat.answers.nth(round).locator("waybill-receipt summary").waitFor({ timeout: 30_000 });
    }
    await workbench.page.waitForTimeout(LOADING_MS);
    assert.equal(await chat.answers.count(), ANSWERS);
    const found = await hostileElements(chat);
    assert.deepEqual(found, []);
    assert.deepEqual(await runsIn(workbench), []);
    assert.deepEqual(await workbench.outsideRequests(), []);
  });

  it("finds a page that loads nothing beside its own folders", async () => {
    await openNewChat(workbench);
    const frame = await chatFrame(workbench);
    assert.equal(await canLoad(frame, "media/icons.css"), true);
    for (const outside of ["package.json", "dist/extension.cjs", "media/../package.json", "../settings.json"]) {
      assert.equal(await canLoad(frame, outside), false, outside);
    }
  });

  it("is held by the page's policy alone where nothing sanitises it", async () => {
    await openNewChat(workbench);
    const frame = await chatFrame(workbench);
    const violations = await frame.evaluate(async (payloads) => {
      const violated: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
        violated.push(effectiveDirective),
      );
      for (const payload of payloads) {
        const [plain, ranged] = [document.createElement("div"), document.createElement("div")];
        document.body.append(plain, ranged);
        plain.innerHTML = payload;
        ranged.append(document.createRange().createContextualFragment(payload));
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return violated;
    }, HOSTILE_HTML);
    await workbench.page.waitForTimeout(LOADING_MS);
    // Without these the payloads would not have tried anything, and the test would show nothing.
    for (const directive of ["script-src-elem", "script-src-attr", "img-src", "frame-src", "style-src-elem"]) {
      assert.ok(violations.includes(directive), `${directive} was not violated`);
    }
    assert.deepEqual(await runsIn(workbench), []);
    assert.deepEqual(await workbench.outsideRequests(), []);
    await workbench.reloadWindow();
  });
});

/** Elements and attributes inside the conversation that no answer may bring. */
async function hostileElements({ frame }: ChatPage): Promise<string[]> {
  return await frame.locator("waybill-chat").evaluate((chat) => {
    const found: string[] = [];
    const isText = (element: Element): boolean =>
      element.closest(".markdown, .reasoning, waybill-user-message") !== null;
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll("*")) {
        const name = element.localName;
        const forbidden = "script iframe frame object embed link meta base form img picture video audio svg math style";
        if (forbidden.split(" ").includes(name)) found.push(name);
        for (const { name: attribute } of element.attributes) {
          if (/^on/i.test(attribute)) found.push(`${name}[${attribute}]`);
          if (isText(element) && /^(?:src|srcset|href|action|ping|style|poster)$/i.test(attribute)) {
            found.push(`${name}[${attribute}]`);
          }
        }
        if (element.shadowRoot !== null) visit(element.shadowRoot);
      }
    };
    visit(chat.shadowRoot ?? chat);
    return found;
  });
}

/** Whether the page can load a file of the extension's folder, as a style sheet: its policy allows no other request. */
async function canLoad(frame: Frame, path: string): Promise<boolean> {
  return await frame.evaluate(async (wanted) => {
    const known = document.querySelector<HTMLLinkElement>('link[href*="media/icons.css"]');
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = known?.href.replace("media/icons.css", wanted) ?? "";
    const loaded = new Promise<boolean>((resolve) => {
      sheet.addEventListener("load", () => resolve(true));
      sheet.addEventListener("error", () => resolve(false));
      // Some of what is refused is never answered.
      setTimeout(() => resolve(false), 5_000);
    });
    document.head.append(sheet);
    return await loaded;
  }, path);
}

/** The addresses of the documents in which a script of a payload ran. */
async function runsIn({ page }: Workbench): Promise<string[]> {
  const ran = page.frames().map(async (frame) => {
    // A frame whose page was refused has no document that would answer, nor one in which anything could run.
    const unanswered = page.waitForTimeout(ANSWERING_MS).then(() => false);
    const asked = frame.evaluate(() => "hostileRuns" in globalThis).catch(() => false);
    const hasRun = await Promise.race([asked, unanswered]);
    return hasRun ? [frame.url()] : [];
  });
  return (await Promise.all(ran)).flat();
}

async function chatFrame({ page }: Workbench): Promise<Frame> {
  for (const frame of page.frames()) {
    const isChat = await frame.evaluate(() => document.querySelector("waybill-chat") !== null).catch(() => false);
    if (isChat) return frame;
  }
  throw new Error("The chat's document is not there.");
}
