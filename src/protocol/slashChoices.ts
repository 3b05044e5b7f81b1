import { typedCommand } from "../core/tasks/slashCommand.ts";
import type { TaskType } from "../core/tasks/taskType.ts";
import type { ChatCommand, FromComposer } from "./composerMessages.ts";

/** A command as the composer offers it. */
export interface SlashChoice {
  /** Without its slash. */
  readonly name: string;
  readonly description: string;
}

/** Titles are asked for by the extension alone. */
const OF_TASKS: Readonly<Record<Exclude<TaskType, "title">, SlashChoice>> = {
  explain: { name: "explain", description: "Explain code" },
  fix: { name: "fix", description: "Find and mend a mistake" },
  refactor: { name: "refactor", description: "Improve code that works" },
  test: { name: "tests", description: "Write tests" },
  document: { name: "doc", description: "Write documentation" },
  review: { name: "review", description: "Look for mistakes and risks" },
  generate: { name: "new", description: "Write something new" },
  edit: { name: "edit", description: "Change code as described" },
  "commit-message": { name: "commit", description: "Write a commit message" },
  plan: { name: "plan", description: "Plan before anything is written" },
  shell: { name: "shell", description: "Give a command for the terminal" },
  question: { name: "ask", description: "Answer a question" },
};

const OF_THE_CHAT: Readonly<Record<ChatCommand, string>> = {
  compare: "Ask two to four models the same, side by side",
  condense: "Send a summary instead of the earlier messages; asks first, with its price",
  clear: "Start a new chat; this one is kept",
  budget: "Set a budget",
  why: "Show why the last answer's model was chosen",
  help: "Show keys and commands",
};

export type OfferedCommand = keyof typeof OF_THE_CHAT;

const OFFERED: readonly OfferedCommand[] = ["compare", "condense", "clear", "budget", "why", "help"];

/** Commands that tell what a question is for. */
export const TASK_COMMANDS: readonly SlashChoice[] = Object.values(OF_TASKS);

/** Commands of the chat itself. Those that cost something, comparing and condensing, say first how much. */
export const CHAT_COMMANDS_OFFERED: readonly (SlashChoice & { readonly name: OfferedCommand })[] = OFFERED.map(
  (name) => ({ name, description: OF_THE_CHAT[name] }),
);

/**
 * The command that a text is. With words behind it, it is a question to a model: `/why does this loop?`. What follows
 * `/compare` is a question to several.
 */
export function chatCommandOf(
  text: string,
): (Extract<FromComposer, { type: "run-slash" }> & { readonly command: OfferedCommand }) | undefined {
  const typed = typedCommand(text);
  const command = OFFERED.find((name) => name === typed?.name);
  if (command === undefined || typed === undefined) return undefined;
  return command !== "compare" && typed.rest !== "" ? undefined : { type: "run-slash", command, rest: typed.rest };
}
