/** What a step of the test run contributes to the last line. */
export interface StepCounts {
  readonly passed: number;
  readonly failed: number;
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
  return { passed, failed: failed + (hasUnexplainedError ? 1 : 0) };
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
}

function parseCounts(text: string | undefined): RunnerCounts | undefined {
  const match = /^\{"passes":(\d+),"failures":(\d+),"pending":(\d+)\}\s*$/.exec(text ?? "");
  if (match === null) return undefined;
  const [passes, failures, pending] = match.slice(1).map(Number);
  return { passes: passes ?? 0, failures: failures ?? 0, pending: pending ?? 0 };
}
