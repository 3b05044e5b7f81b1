import { CHAT_COMMANDS_OFFERED, TASK_COMMANDS } from "../../../protocol/slashChoices.ts";
import type { CompletionItem } from "./completionState.ts";

/** The commands as lines of the list. */
export const COMMAND_ITEMS: readonly CompletionItem[] = [
  ...TASK_COMMANDS.map(({ name, description }) => ({
    id: name,
    label: `/${name}`,
    detail: description,
    does: { kind: "write-command", name } as const,
  })),
  ...CHAT_COMMANDS_OFFERED.map(({ name, description }) => ({
    id: name,
    label: `/${name}`,
    detail: description,
    // A question follows it, as one follows the name of a task.
    does: name === "compare" ? ({ kind: "write-command", name } as const) : ({ kind: "run-command", name } as const),
  })),
];
