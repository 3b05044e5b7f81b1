import { setTimeout as sleep } from "node:timers/promises";

/** Waits unless the signal fires first; tells by its return value which it was. */
export async function wait(ms: number, signal: AbortSignal): Promise<"waited" | "aborted"> {
  if (signal.aborted) return "aborted";
  if (ms <= 0) return "waited";
  return sleep(ms, undefined, { signal }).then(
    () => "waited" as const,
    () => "aborted" as const,
  );
}
