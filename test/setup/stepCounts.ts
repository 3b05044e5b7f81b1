/** What a step of the test run contributes to the last line. */
export interface StepCounts {
  readonly passed: number;
  readonly failed: number;
  /** The files of the failed tests, where the runner named all of them. */
  readonly failedFiles?: readonly string[];
}

/** For a step that is no runner of tests: it counts as one. */
export function countsOfCommand(exitCode: number): StepCounts {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * For a runner of tests. Pending tests count as failed. A runner that crashed, wrote no counts or found no test counts
 * as one failure, and one that exits with an error although no test failed does too.
 */
export function countsOfRunner(exitCode: number, countsFile: string | undefined): StepCounts {
  const counts = parseCounts(countsFile);
  const passed = counts?.passes ?? 0;
  const failed = (counts?.failures ?? 0) + (counts?.pending ?? 0);
  const hasRun = passed + failed > 0;
  const hasUnexplainedError = failed === 0 && (exitCode !== 0 || !hasRun);
  if (hasUnexplainedError) return { passed, failed: failed + 1 };
  return failed > 0 && counts?.failedFiles !== undefined
    ? { passed, failed, failedFiles: counts.failedFiles }
    : { passed, failed };
}

/** Of a step whose failed files were run again: what failed in the first run counts as the second one ended. */
export function countsAfterSecondRun(first: StepCounts, second: StepCounts): StepCounts {
  const mended = Math.max(0, first.failed - second.failed);
  return { passed: first.passed + mended, failed: second.failed };
}

/** The sum of all steps. */
export function totalCounts(counts: readonly StepCounts[]): StepCounts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

interface RunnerCounts {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
  readonly failedFiles?: readonly string[];
}

const COUNTS = /^\{"passes":(\d+),"failures":(\d+),"pending":(\d+)(?:,"failedFiles":\[([^\]]*)\])?\}\s*$/;

function parseCounts(text: string | undefined): RunnerCounts | undefined {
  const match = COUNTS.exec(text ?? "");
  if (match === null) return undefined;
  const [passes, failures, pending] = match.slice(1, 4).map(Number);
  const counts = { passes: passes ?? 0, failures: failures ?? 0, pending: pending ?? 0 };
  const files = match[4]?.matchAll(/"([^"]+)"/g);
  return files === undefined ? counts : { ...counts, failedFiles: [...files].map(([, file]) => file ?? "") };
}
