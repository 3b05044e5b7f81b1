import { glob, writeFile } from "node:fs/promises";
import Mocha from "mocha";

/** Tests that need a window in Restricted Mode, in the order of their names: the last ones of them trust the folder. */
const UNTRUSTED_TESTS = "untrusted/**/*.test.js";

/**
 * Runs the tests found next to this bundle that are for this window, inside VS Code. VS Code calls it with the extension host
 * ready. Rejects when a test fails, and when no test is found.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, reporter: ConsoleReporter, forbidOnly: true });
  const files = await testFiles();
  if (files.length === 0) throw new Error("No test was found for VS Code.");
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

async function testFiles(): Promise<string[]> {
  const isUntrusted = process.env["WAYBILL_HOST_WINDOW"] === "untrusted";
  const files: string[] = [];
  const options = { cwd: import.meta.dirname, ...(isUntrusted ? {} : { exclude: [UNTRUSTED_TESTS] }) };
  for await (const file of glob(isUntrusted ? UNTRUSTED_TESTS : "**/*.test.js", options))
    files.push(`${import.meta.dirname}/${file}`);
  return files.toSorted();
}

/** One line for each test on the extension host's console, and the counts in the file WAYBILL_TEST_COUNTS names. */
class ConsoleReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.on("pass", (test) => console.log(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`));
    runner.on("pending", (test) => console.log(`  - ${test.fullTitle()} (pending)`));
    runner.on("fail", (test, error: Error) => console.log(`  ✖ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  }

  // Mocha waits for this before it reports the number of failures.
  override done(failures: number, end?: (failures: number) => void): void {
    const { passes, pending } = this.stats;
    const counts = JSON.stringify({ passes, failures: this.stats.failures, pending });
    const file = process.env["WAYBILL_TEST_COUNTS"];
    const written = file === undefined ? Promise.resolve() : writeFile(file, counts);
    void written.finally(() => end?.(failures));
  }
}
