import { type Disposable, type Terminal, type TerminalShellExecution, window } from "vscode";
import { OutputTail } from "../../../core/terminal/outputTail.ts";

/** A command that ended with an error, in a terminal of this window. */
export interface FailedCommand {
  readonly commandLine: string;
  readonly exitCode: number;
  /** The end of what it wrote, as it came. */
  readonly output: string;
}

interface Reading {
  readonly tail: OutputTail;
  readonly done: Promise<void>;
}

const MOST_CHARACTERS = 16_384;
/** Ended by Ctrl+C: no error. */
const INTERRUPTED = new Set([130, -1_073_741_510, 3_221_225_786]);

/** The last failed command of each terminal, in memory only. */
export class FailedCommands implements Disposable {
  readonly #running = new Map<TerminalShellExecution, Reading>();
  readonly #failed = new Map<Terminal, FailedCommand>();
  /** Where something failed last. */
  #lastTerminal: Terminal | undefined;
  readonly #listening: readonly Disposable[];

  constructor() {
    this.#listening = [
      window.onDidEndTerminalShellExecution(({ terminal, execution, exitCode }) =>
        this.#end(execution, { terminal, exitCode }),
      ),
      window.onDidCloseTerminal((terminal) => this.#failed.delete(terminal)),
    ];
  }

  read(execution: TerminalShellExecution, output: AsyncIterable<string>): void {
    const tail = new OutputTail(MOST_CHARACTERS);
    this.#running.set(execution, { tail, done: readInto(tail, output) });
  }

  /** That of the active terminal, else the last of all. */
  last(): FailedCommand | undefined {
    const active = window.activeTerminal;
    const ofActive = active === undefined ? undefined : this.#failed.get(active);
    return ofActive ?? (this.#lastTerminal === undefined ? undefined : this.#failed.get(this.#lastTerminal));
  }

  forget(): void {
    this.#running.clear();
    this.#failed.clear();
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
    this.forget();
  }

  async #end(
    execution: TerminalShellExecution,
    { terminal, exitCode }: { readonly terminal: Terminal; readonly exitCode: number | undefined },
  ): Promise<void> {
    const reading = this.#running.get(execution);
    this.#running.delete(execution);
    if (reading === undefined || exitCode === undefined || exitCode === 0 || INTERRUPTED.has(exitCode)) return;
    // The last of the output may come after the end.
    await reading.done;
    this.#failed.set(terminal, { commandLine: execution.commandLine.value, exitCode, output: reading.tail.text() });
    this.#lastTerminal = terminal;
  }
}

async function readInto(tail: OutputTail, output: AsyncIterable<string>): Promise<void> {
  try {
    for await (const chunk of output) tail.push(chunk);
  } catch {
    // What has come until then is there.
  }
}
