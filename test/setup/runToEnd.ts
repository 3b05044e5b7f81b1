import { startProcessTree } from "./processTree.ts";

/** How a command ended. `output` holds both streams in the order they came. */
export interface EndedCommand {
  /** The exit code; 1 when a signal ended it or it could not be started. */
  readonly exitCode: number;
  readonly output: string;
}

export interface CommandOptions {
  readonly workingFolder: string;
  /** Replaces the whole environment; the one of this process when absent. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
  /** After this time the command and all it started are ended, and it counts as failed. */
  readonly timeoutMs?: number;
}

/** Runs a command to its end and collects what it prints. Never rejects: a command that cannot start has failed. */
export async function runToEnd(
  command: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<EndedCommand> {
  const tree = startProcessTree(command, parameters, {
    cwd: options.workingFolder,
    env: options.environment ?? process.env,
    shell: options.shell ?? false,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  const collect = (chunk: Buffer): unknown => chunks.push(chunk.toString());
  tree.child.stdout?.on("data", collect);
  tree.child.stderr?.on("data", collect);
  const timer = options.timeoutMs === undefined ? undefined : endAfter(options.timeoutMs, () => tree.end(), chunks);
  const exitCode = await new Promise<number>((resolve) => {
    tree.child.once("error", (error) => {
      chunks.push(`${command} could not be started: ${error.message}\n`);
      resolve(1);
    });
    tree.child.once("close", (code) => resolve(code ?? 1));
  });
  clearTimeout(timer);
  await tree.end();
  return { exitCode, output: chunks.join("") };
}

function endAfter(timeoutMs: number, end: () => Promise<void>, chunks: string[]): NodeJS.Timeout {
  return setTimeout(() => {
    chunks.push(`Ended: it took longer than ${timeoutMs / 1000} s.\n`);
    void end();
  }, timeoutMs);
}
