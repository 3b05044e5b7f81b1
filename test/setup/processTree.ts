import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";

const isWindows = process.platform === "win32";

/** A process with everything it started, which can be ended as a whole. */
export interface ProcessTree {
  readonly child: ChildProcess;
  /** Ends the process and its descendants; settles when the process is gone. */
  end(): Promise<void>;
}

/**
 * Starts a process in a group of its own, so that Ctrl+C in the terminal does not reach it and `end` reaches all of it.
 * If this process exits first, the group is ended with it.
 */
export function startProcessTree(command: string, parameters: readonly string[], options: SpawnOptions): ProcessTree {
  const child = spawn(command, parameters, { ...options, detached: !isWindows, windowsHide: true });
  const endNow = (): void => signalTree(child, "SIGKILL");
  process.once("exit", endNow);
  return {
    child,
    end: async () => {
      await endGently(child);
      process.removeListener("exit", endNow);
    },
  };
}

async function endGently(child: ChildProcess): Promise<void> {
  const graceMs = 2000;
  const gone = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  signalTree(child, "SIGTERM");
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
  // The leader may be gone while a descendant ignored the first signal.
  signalTree(child, "SIGKILL");
  await gone;
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalTree(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (isWindows) {
    if (!hasEnded(child)) spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
