import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { countTokens } from "../../simulator/chat/countTokens.ts";
import { startSimulator } from "../../simulator/startSimulator.ts";
import { selectLines } from "../../ui/chatPage.ts";
import { tryTwice } from "../../ui/tryTwice.ts";
import { type Workbench, openWorkbench } from "../../ui/workbench.ts";
import { installEditProbe } from "./editProbe.ts";
import { extensionHostCpuMs } from "./hostProcess.ts";
import { ALONE, BEGINNINGS, BESIDE, type Beginning, type Rewrite, largeRewrite, newLine } from "./rewrite.ts";

const TOKENS_PER_SECOND = 500;
const REWRITTEN = 500;
const INPUTS = 10;
const FIRST_LINES = 10;
const KEYS = 60;
const KEY_EVERY_MS = 100;
/** Lets language services look at the file, and the window lay itself out again. */
const SETTLE_MS = 3_000;
const ANSWERED_WITHIN_MS = 120_000;

/** How it is to type for a while, and what the extension host did meanwhile. */
export interface Typing {
  readonly keysMs: readonly number[];
  /** Of one core, 0 to 1; `undefined` where it cannot be told. */
  readonly hostShare: number | undefined;
}

export interface EditWindowTimes {
  readonly firstInputMs: number;
  readonly inputsMs: readonly number[];
  /** From the piece with which a line is whole until it is in the window. */
  readonly firstLinesMs: readonly number[];
  readonly alone: Typing;
  readonly streaming: Typing;
  /** How fast the answer really came. */
  readonly tokensPerSecond: number;
  readonly hunks: number;
  readonly acceptMs: number;
}

/** The pieces of an answer with the moments (epoch milliseconds) at which they were sent. */
class SentPieces {
  #text = "";
  readonly #ends: { readonly length: number; readonly atMs: number }[] = [];

  add(text: string): void {
    this.#text += text;
    this.#ends.push({ length: this.#text.length, atMs: Date.now() });
  }

  forget(): void {
    this.#text = "";
    this.#ends.length = 0;
  }

  /** When the last character of this had been sent. */
  sentAtMs(text: string): number {
    const length = this.#text.indexOf(text) + text.length;
    return this.#ends.find((end) => end.length >= length)?.atMs ?? Number.NaN;
  }

  get tokensPerSecond(): number {
    const [first, last] = [this.#ends[0], this.#ends.at(-1)];
    if (first === undefined || last === undefined) return Number.NaN;
    return (countTokens(this.#text.slice(first.length)) * 1000) / (last.atMs - first.atMs);
  }
}

/** An inline edit in a window of the real editor, with somebody who types meanwhile. Needs a build. */
export async function timeEditWindow(): Promise<EditWindowTimes> {
  const pieces = new SentPieces();
  const simulator = await startSimulator({
    pace: { tokensPerSecond: TOKENS_PER_SECOND, firstTokenMs: 200 },
    onPiece: (text) => pieces.add(text),
  });
  const settings = {
    ...{ "waybill.gateway.url": simulator.baseUrl, "waybill.budget.askAbove": 1, "waybill.answers.maxTokens": 32_768 },
    ...{ "editor.minimap.enabled": false, "files.autoSave": "off" },
  };
  const environment = { WAYBILL_DEVELOPMENT_KEY: simulator.key };
  try {
    return await tryTwice("time an inline edit", async () => {
      const workbench = await openWorkbench({ settings, environment });
      const script = (content: string) => simulator.faultNext({ kind: "answer", content });
      return await timeIn({ workbench, pieces, script }).finally(async () => await workbench.close());
    });
  } finally {
    await simulator.close();
  }
}

interface Stage {
  readonly workbench: Workbench;
  readonly pieces: SentPieces;
  readonly script: (content: string) => void;
}

async function timeIn(stage: Stage): Promise<EditWindowTimes> {
  const { page, workspaceFolder } = stage.workbench;
  const rewrite = largeRewrite(REWRITTEN);
  await writeFile(join(workspaceFolder, "src", "rates.ts"), rewrite.file);
  await stage.workbench.openFile("src/rates.ts");
  await page.evaluate(installEditProbe);
  await page.waitForTimeout(SETTLE_MS);
  const firstInputMs = await timeInput(page);
  const inputsMs: number[] = [];
  for (let round = 0; round < INPUTS; round += 1) inputsMs.push(await timeInput(page));
  const firstLinesMs: number[] = [];
  for (let round = 0; round < FIRST_LINES; round += 1) firstLinesMs.push(await timeFirstLine(stage, rewrite));
  await goTo(page, ALONE);
  const alone = await timeTyping(page, ALONE);
  const streaming = await timeTypingBeside(stage, rewrite);
  return { firstInputMs, inputsMs, firstLinesMs, alone, ...streaming };
}

async function timeInput(page: Page): Promise<number> {
  await page.locator(".editor-instance .monaco-editor.focused").waitFor();
  await page.evaluate(() => window.editProbe.awaitInput("i"));
  await page.keyboard.press("ControlOrMeta+i");
  const ms = await page.evaluate(() => window.editProbe.awaited());
  await page.keyboard.press("Escape");
  await input(page).waitFor({ state: "hidden" });
  await page.waitForTimeout(KEY_EVERY_MS);
  return ms;
}

/** An edit of a few lines, cancelled once its first line is seen. */
async function timeFirstLine(stage: Stage, { firstLine, answer }: Rewrite): Promise<number> {
  const { page } = stage.workbench;
  await selectLines(page, firstLine, firstLine + 9);
  await ask(stage, answer);
  const line = newLine(0);
  const shownAtMs = await page.evaluate((text) => window.editProbe.untilLine(text), line);
  const ms = shownAtMs - stage.pieces.sentAtMs(`${line}\n`);
  await page.keyboard.press("Escape");
  await page.locator('.tab.active[data-resource-name="rates.ts"]:not(.dirty)').waitFor();
  await page.waitForTimeout(KEY_EVERY_MS);
  return ms;
}

async function ask({ workbench: { page }, pieces, script }: Stage, answer: string): Promise<void> {
  pieces.forget();
  script(answer);
  await page.keyboard.press("ControlOrMeta+i");
  await input(page).fill("Look the rates up");
  await input(page).press("Enter");
}

/** Typing while the answer arrives, and the end of the edit. */
async function timeTypingBeside(
  stage: Stage,
  rewrite: Rewrite,
): Promise<Pick<EditWindowTimes, "streaming" | "tokensPerSecond" | "hunks" | "acceptMs">> {
  const { page } = stage.workbench;
  await selectLines(page, rewrite.firstLine, rewrite.lastLine);
  await ask(stage, rewrite.answer);
  await goTo(page, BESIDE);
  await page.evaluate((text) => window.editProbe.untilLine(text), newLine(0));
  const streaming = await timeTyping(page, BESIDE);
  const counted = page.locator(".codelens-decoration a", { hasText: /^\d+ changes · / }).first();
  await counted.waitFor({ timeout: ANSWERED_WITHIN_MS });
  await page.waitForTimeout(SETTLE_MS);
  const hunks = Number.parseInt(await counted.innerText(), 10);
  await page.evaluate((text) => window.editProbe.awaitGone("Enter", text), "export const rate0 = 0;");
  await page.keyboard.press("ControlOrMeta+Alt+Enter");
  const acceptMs = await page.evaluate(() => window.editProbe.awaited());
  return { streaming, hunks, acceptMs, tokensPerSecond: stage.pieces.tokensPerSecond };
}

/** By keys alone: a click could meet a button of the edit. */
async function goTo(page: Page, beginning: Beginning): Promise<void> {
  await input(page).waitFor({ state: "hidden" });
  await page.locator(".editor-instance .monaco-editor.focused").waitFor();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let line = 0; line < BEGINNINGS.indexOf(beginning); line += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
}

async function timeTyping(page: Page, beginning: Beginning): Promise<Typing> {
  await page.evaluate((text) => window.editProbe.watchTyping(text), beginning);
  const [cpuBeforeMs, startedAtMs] = [await extensionHostCpuMs(), performance.now()];
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("abcdefghij".charAt(key % 10));
    await page.waitForTimeout(KEY_EVERY_MS);
  }
  const [cpuAfterMs, passedMs] = [await extensionHostCpuMs(), performance.now() - startedAtMs];
  const keysMs = await page.evaluate(() => window.editProbe.typed());
  if (keysMs.length !== KEYS) throw new Error(`Of ${KEYS} letters ${keysMs.length} were seen.`);
  const hasShare = cpuBeforeMs !== undefined && cpuAfterMs !== undefined;
  return { keysMs, hostShare: hasShare ? (cpuAfterMs - cpuBeforeMs) / passedMs : undefined };
}

function input(page: Page): Locator {
  return page.locator(".quick-input-widget:visible .quick-input-box input");
}
