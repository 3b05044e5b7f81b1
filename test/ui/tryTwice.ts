/**
 * Does something a busy machine may fail at, and does it once more when it failed, as a person would. The warning on
 * stderr keeps that visible; `npm test` shows it also when everything passed.
 */
export async function tryTwice<T>(
  what: string,
  action: () => Promise<T>,
  between: () => Promise<void> = async () => {},
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`⚠ Could not ${what} at first, so it was tried once more: ${why}\n`);
    await between();
    return await action();
  }
}
