// `npm test [PART]`: runs every step, also after one failed, and ends with the line "N passed, N failed".
import { launchBrowser } from "./browser.ts";
import { buildEverything } from "./buildEverything.ts";
import { say } from "./say.ts";
import { countsAfterSecondRun, type StepCounts, totalCounts } from "./stepCounts.ts";
import { DEFAULT_PARTS, stepsOf, type TestPart, testPart } from "./testParts.ts";
import { runTestStep, type TestStep } from "./testStep.ts";
import { ensureVscodeServer } from "./vscodeServerInstall.ts";

process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
process.exitCode = await main(process.argv[2]);

async function main(name: string | undefined): Promise<number> {
  const part = name === undefined ? undefined : testPart(name);
  if (name !== undefined && part === undefined) {
    say(`There is no part called ${name}. Parts: ${[...DEFAULT_PARTS, "desktop"].join(", ")}.`);
    return 1;
  }
  const parts = part === undefined ? DEFAULT_PARTS : [part];
  // Whoever runs a part looks at its pictures; of the whole run they would be a tenth of the time.
  if (part === undefined) process.env["WAYBILL_PICTURES"] ??= "none";
  const prepared = await runPreparations(parts);
  const steps = await runAgainAlone(await runSideBySide(parts.flatMap(stepsOf)));
  const { passed, failed } = totalCounts([...prepared, ...steps]);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** What several steps share is made once, before any of them. Only what fails is counted. */
async function runPreparations(parts: readonly TestPart[]): Promise<StepCounts[]> {
  const counts: StepCounts[] = [];
  const attempt = async (name: string, prepare: () => Promise<void>): Promise<void> => {
    try {
      await prepare();
    } catch (error) {
      say(`✖ ${name}: ${error instanceof Error ? error.message : String(error)}`);
      counts.push({ passed: 0, failed: 1 });
    }
  };
  const needs = (...names: TestPart[]): boolean => parts.some((part) => names.includes(part));
  if (needs("host", "ui", "package", "desktop")) await attempt("build", buildEverything);
  if (needs("host", "ui")) await attempt("VS Code server", prepareServer);
  if (needs("host", "ui")) await attempt("browser", prepareBrowser);
  return counts;
}

async function prepareServer(): Promise<void> {
  await ensureVscodeServer();
}

async function prepareBrowser(): Promise<void> {
  await (await launchBrowser()).close();
}

/** Two steps at a time, begun in their order: a third one on two cores makes windows late and saves nothing. */
async function runSideBySide(steps: readonly TestStep[]): Promise<EndedStep[]> {
  const queue = [...steps];
  const worker = async (): Promise<EndedStep[]> => {
    const ended: EndedStep[] = [];
    for (let step = queue.shift(); step !== undefined; step = queue.shift())
      ended.push({ step, counts: await runAndTell(step) });
    return ended;
  };
  return (await Promise.all([worker(), worker()])).flat();
}

interface EndedStep {
  readonly step: TestStep;
  readonly counts: StepCounts;
}

/**
 * A window on a busy machine may miss a key or a click, and what a test left in it meets the next attempt. So files of windows
 * with failures get windows of their own once more, with nothing beside them; both runs stay in the output.
 */
async function runAgainAlone(ended: readonly EndedStep[]): Promise<StepCounts[]> {
  const counts: StepCounts[] = [];
  for (const { step, counts: first } of ended) {
    const again = first.failed === 0 ? undefined : step.again?.(first.failedFiles);
    if (again === undefined) {
      counts.push(first);
      continue;
    }
    say(`⚠ ${step.name} is run once more where it failed, in fresh windows and alone:`);
    counts.push(countsAfterSecondRun(first, await runAndTell(again)));
  }
  return counts;
}

async function runAndTell(step: TestStep): Promise<StepCounts> {
  const { counts, seconds, output } = await runTestStep(step);
  const mark = counts.failed === 0 ? "✔" : "✖";
  if (counts.failed > 0) say(`${output.trimEnd()}\n`);
  else for (const line of warningsOf(output)) say(line);
  say(`${mark} ${step.name}: ${counts.passed} passed, ${counts.failed} failed (${seconds.toFixed(1)} s)`);
  return counts;
}

/** What a step did in a second attempt stays visible, also when it passed. */
function warningsOf(output: string): string[] {
  return output.split("\n").filter((line) => line.startsWith("⚠"));
}
