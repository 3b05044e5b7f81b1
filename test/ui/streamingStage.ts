import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ChatPage } from "./chatPage.ts";
import type { Workbench } from "./workbench.ts";

/** Text of which every line is another one, with what is easily broken on its way: pairs of units, marks, code, other scripts. */
export function numberedAnswer(lines: number): string {
  return Array.from({ length: lines }, (_line, index) => `${mark(index)} ${SPICES[index % SPICES.length]}`).join(
    "\n\n",
  );
}

/** The numbers of the lines that a text holds, in its order. */
export function linesIn(text: string): readonly number[] {
  return [...text.matchAll(/§(?<line>\d+)§/gu)].map(({ groups }) => Number(groups?.["line"]));
}

function mark(index: number): string {
  return `§${index}§`;
}

const SPICES = [
  "a closure keeps what is around it, and nothing else.",
  "👩‍👩‍👧‍👦 families, 🇨🇭 flags and e\u0301 marks are cut by careless hands.",
  "**bold**, `code` and [a link](https://example.org/) close again.",
  "النص من اليمين and 漢字 stand in one line.",
];

/** The text of the last answer as the page holds it, and as it shows it. */
export async function textInView({ answers }: ChatPage): Promise<{ held: string; shown: string }> {
  const answer = answers.last();
  const held = await answer.evaluate((element) => {
    const value: unknown = Reflect.get(Reflect.get(element, "answer") ?? {}, "text");
    return typeof value === "string" ? value : "";
  });
  return { held, shown: await answer.locator("waybill-markdown .markdown").innerText() };
}

export interface StoredAnswer {
  readonly text: string;
  readonly state: string;
}

/** All answers in the store, oldest first. */
export function storedAnswers({ storageFolder }: Workbench): readonly StoredAnswer[] {
  const database = new DatabaseSync(join(storageFolder, "chats.sqlite"), { readOnly: true });
  const rows = database.prepare("SELECT text, state FROM message WHERE role = 'assistant' ORDER BY sequence").all();
  database.close();
  return rows.map((row) => ({ text: String(row["text"]), state: String(row["state"]) }));
}

/** Ends the extension hosts below this process at once, as a crash would. Answers how many. */
export function killExtensionHosts(): number {
  const processes = listProcesses();
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  const hosts = processes.filter(({ pid, command }) => command.includes("--type=extensionHost") && isOurs(pid));
  for (const { pid } of hosts) process.kill(pid, "SIGKILL");
  return hosts.length;
}

function listProcesses(): readonly { pid: number; parent: number; command: string }[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return listed.split("\n").map((line) => {
    const [pid = "0", parent = "0", ...command] = line.trim().split(/\s+/u);
    return { pid: Number(pid), parent: Number(parent), command: command.join(" ") };
  });
}

/** Chance that can be repeated: numbers from 0 to below 1 (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
