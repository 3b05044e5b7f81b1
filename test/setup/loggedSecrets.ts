import { existsSync } from "node:fs";
import { open, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DEFAULT_KEY } from "../simulator/simulatorOptions.ts";
import { formsIn, formsOf } from "./secretForms.ts";

/** Something that must not be told, and what it is called in a report. */
export interface SecretPattern {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Where one was told. The secret itself is masked. */
export interface LoggedSecret {
  readonly place: string;
  readonly line: number;
  readonly what: string;
  readonly text: string;
}

/** Shorter texts (`one`, `hello`) stand in logs by chance. */
const SHORTEST_CANARY = 12;
const LONGEST_REPORT = 200;

/** A server's whole folder has some three megabytes; of a larger file only so much is looked at. */
const MOST_BYTES_OF_FILE = 32 * 1024 * 1024;

/** What tests enter under a name: a key that looks like none, as gateways other than OpenRouter have them. */
export const NAMED_KEY = "walrus-0fedcba987654321-of-acme";

/** Keys, their labels (`sk-or-v1-012...def`) and account ids. `sk-or-v1-…9f3a` is our own mask and may be shown. */
export const ACCOUNT_PATTERNS: readonly SecretPattern[] = [
  { what: "a key", pattern: new RegExp(literally(DEFAULT_KEY), "g") },
  { what: "a key", pattern: /sk-or-[\w-]{12,}/g },
  { what: "a key", pattern: new RegExp(literally(NAMED_KEY), "g") },
  { what: "a key's label", pattern: /sk-or-[\w-]{1,40}\.\.\.\w*/g },
  { what: "an account id", pattern: /\b(?:creator_)?user_id\b|\buser_(?:[0-9a-f]{24}|simulator)\b/g },
];

/** Patterns for texts that a person or a model wrote; each line of them counts. */
export function textPatterns(what: string, texts: readonly string[]): readonly SecretPattern[] {
  const lines = new Set(texts.flatMap((text) => text.split("\n")).map((line) => line.trim()));
  return [...lines]
    .filter((line) => line.length >= SHORTEST_CANARY && /\w \w/.test(line))
    .map((line) => ({ what, pattern: new RegExp(literally(line), "g") }));
}

/** Every secret in a text, by line counted from 1. */
export function findSecrets(place: string, text: string, patterns: readonly SecretPattern[]): readonly LoggedSecret[] {
  if (!patterns.some(({ pattern }) => text.search(pattern) >= 0)) return [];
  return text.split("\n").flatMap((content, index) => {
    const found = patterns.filter(({ pattern }) => content.search(pattern) >= 0);
    const [first] = found;
    if (first === undefined) return [];
    let masked = content;
    for (const { pattern } of found) masked = masked.replaceAll(pattern, "█");
    return [{ place, line: index + 1, what: first.what, text: masked.trim().slice(0, LONGEST_REPORT) }];
  });
}

/** What a server printed and what its pages wrote to their consoles. */
export interface PrintedText {
  readonly place: string;
  readonly text: string;
}

/** In whatever form: what tests enter stands in no file, also not of the editor, which keeps its secrets in the browser. */
const KEY_FORMS = [DEFAULT_KEY, NAMED_KEY].flatMap(formsOf);

/**
 * Searches everything that a VS Code server, its extension hosts and its pages logged, the settings and our ledger for keys,
 * account ids and for every question and answer of the chats in the same folder; and every other file for the tests' own keys,
 * in every form in which they may stand there.
 */
export async function findLoggedSecrets(
  dataFolder: string,
  printed: readonly PrintedText[],
): Promise<readonly LoggedSecret[]> {
  const storage = join(dataFolder, "data", "User", "globalStorage", "waybill.waybill");
  const patterns = [...ACCOUNT_PATTERNS, ...chatPatterns(join(storage, "chats.sqlite"))];
  const files = [
    ...(await filesIn(logFolder(dataFolder))),
    ...(await filesIn(storage)).filter((file) => /ledger\.[^/\\]*$/.test(file)),
  ];
  const texts = files.map(async (file) => ({ place: file, text: await readFile(file, "utf8") }));
  // A question may well stand in a setting, a key never.
  const settings = (await filesIn(join(dataFolder, "data", "User"))).filter((file) =>
    /[/\\]settings\.json$/.test(file),
  );
  const set = settings.map(async (file) => findSecrets(file, await readFile(file, "utf8"), ACCOUNT_PATTERNS));
  const byLines = [
    ...[...(await Promise.all(texts)), ...printed].flatMap(({ place, text }) => findSecrets(place, text, patterns)),
    ...(await Promise.all(set)).flat(),
  ];
  const told = new Set(byLines.map(({ place }) => place));
  return [...byLines, ...(await findKeyForms((await filesIn(dataFolder)).filter((file) => !told.has(file))))];
}

async function findKeyForms(files: readonly string[]): Promise<readonly LoggedSecret[]> {
  const found: LoggedSecret[] = [];
  for (const file of files) {
    for (const form of formsIn(await beginningOf(file), KEY_FORMS)) {
      found.push({ place: file, line: 0, what: "a key", text: `as ${form}` });
    }
  }
  return found;
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, MOST_BYTES_OF_FILE));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Whether an extension host of the server wrote a log file. Where none is written, nothing can be found in one. */
export async function hasHostLog(dataFolder: string): Promise<boolean> {
  return (await filesIn(logFolder(dataFolder))).some((file) => /exthost[^/\\]*\.log$/.test(file));
}

/** For the person who reads that a run failed. */
export function describeLoggedSecrets(found: readonly LoggedSecret[]): string {
  const lines = found.map(({ place, line, what, text }) => `${place}:${line}: ${what}: ${text}`);
  return `What must not be logged was logged (masked here):\n${lines.join("\n")}`;
}

function logFolder(dataFolder: string): string {
  return join(dataFolder, "data", "logs");
}

async function filesIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function chatPatterns(path: string): readonly SecretPattern[] {
  if (!existsSync(path)) return [];
  const database = new DatabaseSync(path);
  try {
    const rows = database.prepare("SELECT role, text, reasoning FROM message").all();
    const textsOf = (role: string) =>
      rows.filter((row) => row["role"] === role).map((row) => `${String(row["text"])}\n${String(row["reasoning"])}`);
    return [...textPatterns("a question", textsOf("user")), ...textPatterns("an answer", textsOf("assistant"))];
  } finally {
    database.close();
  }
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
