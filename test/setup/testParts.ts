import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { repositoryFolder } from "./repositoryFolders.ts";
import type { TestStep } from "./testStep.ts";

/** What `npm test PART` can be asked for. */
export type TestPart = "check" | "unit" | "host" | "ui" | "package" | "desktop";

/** What `npm test` runs without a part, so that its end is short steps side by side; `desktop` needs a downloaded VS Code and a display. */
export const DEFAULT_PARTS: readonly TestPart[] = ["check", "unit", "ui", "host", "package"];

/** More than run at a time, so that the shorter ones fill the time beside the longest. */
const UI_STEPS = 6;

const MINUTE_MS = 60_000;
/** In two halves of about the same time, which run side by side. */
const BOOK_FOLDERS = ["store", "turn"];
const UNIT_FOLDERS = ["architecture", "core", "gateway", "protocol", "extension", "webview", "simulator", "setup"];

/** The part of that name; undefined when there is none. */
export function testPart(name: string): TestPart | undefined {
  return [...DEFAULT_PARTS, "desktop" as const].find((part) => part === name);
}

/** The steps of a part, in the order they are to be run. */
export function stepsOf(part: TestPart): TestStep[] {
  switch (part) {
    case "check":
      return checkSteps();
    case "unit":
      return [unitStep("books", BOOK_FOLDERS), unitStep("unit", UNIT_FOLDERS), unitStep("promises", ["promises"])];
    case "host":
      return [hostStep("host", "server"), hostStep("restricted mode", "server", "untrusted")];
    case "ui":
      return uiSteps();
    case "package":
      return [command("package", ["test/setup/checkPackage.ts"])];
    case "desktop":
      return [hostStep("desktop", "desktop")];
  }
}

function checkSteps(): TestStep[] {
  return [
    command("format", [commandOf("oxfmt"), "--check"]),
    command("lint", [commandOf("oxlint"), "--type-aware"]),
    command("types", [commandOf("typescript"), "-b"]),
    command("unused", [commandOf("knip")]),
    mochaStep("architecture", testFiles(["architecture"])),
  ];
}

function command(name: string, parameters: readonly string[]): TestStep {
  return { name, parameters, kind: "command", timeoutMs: 5 * MINUTE_MS };
}

function unitStep(name: string, folders: readonly string[]): TestStep {
  return mochaStep(name, testFiles(folders), ["--timeout", "60000", "--require", suiteOutput()]);
}

function hostStep(name: string, ...how: readonly ("server" | "desktop" | "untrusted")[]): TestStep {
  const parameters = ["test/host/runHostTests.ts", ...how];
  const step: TestStep = { name, parameters, kind: "runner", timeoutMs: 10 * MINUTE_MS };
  return { ...step, again: () => step };
}

/** In parts of about the same length, which run side by side: a window mostly waits. */
function uiSteps(): TestStep[] {
  const parts: { files: string[]; bytes: number }[] = Array.from({ length: UI_STEPS }, () => ({ files: [], bytes: 0 }));
  const sized = testFiles(["ui"]).map((file) => ({ file, bytes: statSync(join(repositoryFolder, file)).size }));
  for (const { file, bytes } of sized.toSorted((one, other) => other.bytes - one.bytes)) {
    const least = parts.reduce((left, right) => (right.bytes < left.bytes ? right : left));
    least.files.push(file);
    least.bytes += bytes;
  }
  return parts.map(({ files }, index) => uiStep(`ui ${index + 1}`, files));
}

function uiStep(name: string, files: readonly string[]): TestStep {
  return {
    ...mochaStep(name, files, ["--timeout", "90000", "--retries", "1"]),
    timeoutMs: 20 * MINUTE_MS,
    again: (failed = files) => uiStep(name, failed),
  };
}

/**
 * A failed test may leave a server open, so Mocha ends by itself (`--exit`). Without a file Mocha would look for one of its own; a missing file makes it fail, as it should.
 */
function mochaStep(name: string, files: readonly string[], flags: readonly string[] = []): TestStep {
  const guard = pathToFileURL(fileURLToPath(new URL("refuseOutside.mjs", import.meta.url))).href;
  const reporter = fileURLToPath(new URL("countingReporter.mjs", import.meta.url));
  return {
    name,
    kind: "runner",
    timeoutMs: 15 * MINUTE_MS,
    parameters: [
      ...["--import", guard, "node_modules/mocha/bin/mocha.js"],
      ...["--forbid-only", "--forbid-pending", "--exit", "--reporter", reporter, ...flags],
      ...(files.length === 0 ? [`test/${name}/*.test.ts`] : files),
    ],
  };
}

/** Fails the suite when a test made our code print a secret. */
function suiteOutput(): string {
  return fileURLToPath(new URL("suiteOutput.ts", import.meta.url));
}

function testFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) => globSync(`test/${folder}/**/*.test.ts`, { cwd: repositoryFolder })).toSorted();
}

function commandOf(packageName: "oxfmt" | "oxlint" | "typescript" | "knip"): string {
  const files = { oxfmt: "bin/oxfmt", oxlint: "bin/oxlint", typescript: "bin/tsc", knip: "bin/knip.js" };
  return join("node_modules", packageName, files[packageName]);
}
