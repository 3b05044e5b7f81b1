import { isBusy, toStoreError } from "./sqliteFailure.ts";

const GIVE_UP_AFTER_MS = 5_000;
const LONGEST_PAUSE_MS = 60;

/**
 * Runs a synchronous database action, again while another window holds the lock. SQLite itself waits 20 ms at most
 * (`busy_timeout`), so the editor never stalls; the rest of the waiting is done here. Rejects with `WaybillError`.
 */
export async function retryWhileLocked<T>(action: () => T): Promise<T> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw toStoreError(error);
    }
    await pause(5 + Math.random() * LONGEST_PAUSE_MS);
  }
}

function pause(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, milliseconds);
  return promise;
}
