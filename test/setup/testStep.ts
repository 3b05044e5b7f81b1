import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryFolder } from "./repositoryFolders.ts";
import { runToEnd } from "./runToEnd.ts";
import { countsOfCommand, countsOfRunner, type StepCounts } from "./stepCounts.ts";

/** One command of the test run. */
export interface TestStep {
  readonly name: string;
  /** What Node runs, with its parameters. */
  readonly parameters: readonly string[];
  /** A runner of tests writes its counts to the file that WAYBILL_TEST_COUNTS names; a command counts as one. */
  readonly kind: "command" | "runner";
  readonly environment?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** For steps with windows: the same for these files alone (all of the step when absent), to be run once more by itself. */
  readonly again?: (files: readonly string[] | undefined) => TestStep;
}

/** How a step ended. */
export interface StepResult {
  readonly name: string;
  readonly counts: StepCounts;
  readonly seconds: number;
  readonly output: string;
}

/** Runs a step with this Node, in the root of the repository. Never rejects. */
export async function runTestStep(step: TestStep): Promise<StepResult> {
  const startedAtMs = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "waybill-step-"));
  const countsFile = join(folder, "counts.json");
  const { exitCode, output } = await runToEnd(process.execPath, step.parameters, {
    workingFolder: repositoryFolder,
    timeoutMs: step.timeoutMs,
    environment: { ...process.env, ...step.environment, WAYBILL_TEST_COUNTS: countsFile },
  });
  const text = await readFile(countsFile, "utf8").catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  const counts = step.kind === "runner" ? countsOfRunner(exitCode, text) : countsOfCommand(exitCode);
  return { name: step.name, counts, seconds: (performance.now() - startedAtMs) / 1000, output };
}
