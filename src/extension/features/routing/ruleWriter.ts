import { ConfigurationTarget, workspace } from "vscode";
import type { RowScope, WrittenRule } from "../../../protocol/routingMessages.ts";
import { type SettingWrite, inverseOf, settingText, valueAt, withValueAt } from "./settingWrite.ts";

/** What was written from a row, and how to take it back. */
interface Step {
  readonly writes: readonly SettingWrite[];
  readonly inverses: readonly SettingWrite[];
}

/** Writes rules into the person's or the workspace's settings, one after the other, and takes the last one of a row back. */
export class RuleWriter {
  readonly #steps = new Map<RowScope, Step>();
  /** Two changes at once would each write the setting as it was before the other. */
  #queue: Promise<unknown> = Promise.resolve();

  /** Rejects when the editor cannot write its settings. */
  write(scope: RowScope, writes: readonly SettingWrite[]): Promise<void> {
    return this.#inOrder(async () => {
      const inverses = writes.map((write) => inverseOf(write, currentValue(write)));
      for (const write of writes) await update(write);
      this.#steps.set(scope, { writes, inverses });
    });
  }

  /** Puts back what stood there before. What has been changed since by somebody else stays as it is. */
  revert(scope: RowScope): Promise<void> {
    return this.#inOrder(async () => {
      const step = this.#steps.get(scope);
      this.#steps.delete(scope);
      if (step === undefined || !step.writes.every(stillStands)) return;
      for (const inverse of step.inverses.toReversed()) await update(inverse);
    });
  }

  /** What was last written from a row, as long as it stands. */
  written(scope: RowScope): WrittenRule | undefined {
    const step = this.#steps.get(scope);
    const [first] = step?.writes ?? [];
    if (step === undefined || first === undefined || !step.writes.every(stillStands)) return undefined;
    const before = step.inverses[0]?.value;
    const isRemoved = first.value === undefined;
    return { setting: settingText(first, isRemoved ? before : first.value), isRemoved, where: first.where };
  }

  #inOrder(action: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(action);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

function stillStands(write: SettingWrite): boolean {
  // Lists are read anew each time.
  return JSON.stringify(valueAt(currentValue(write), write.path)) === JSON.stringify(write.value);
}

function currentValue({ key, where }: SettingWrite): unknown {
  const inspected = workspace.getConfiguration().inspect(key);
  return where === "user" ? inspected?.globalValue : inspected?.workspaceValue;
}

async function update(write: SettingWrite): Promise<void> {
  const { key, where, path, value } = write;
  const target = where === "user" ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await workspace.getConfiguration().update(key, withValueAt(currentValue(write), path, value), target);
}
