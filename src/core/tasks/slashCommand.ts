import type { TaskType } from "./taskType.ts";

/** Slash commands people know from this and other assistants. */
const SLASH_COMMANDS: ReadonlyMap<string, TaskType> = new Map<string, TaskType>([
  ["explain", "explain"],
  ["fix", "fix"],
  ["debug", "fix"],
  ["fixtestfailure", "fix"],
  ["refactor", "refactor"],
  ["optimize", "refactor"],
  ["simplify", "refactor"],
  ["test", "test"],
  ["tests", "test"],
  ["setuptests", "test"],
  ["doc", "document"],
  ["docs", "document"],
  ["document", "document"],
  ["review", "review"],
  ["generate", "generate"],
  ["new", "generate"],
  ["edit", "edit"],
  ["commit", "commit-message"],
  ["commit-message", "commit-message"],
  ["plan", "plan"],
  ["shell", "shell"],
  ["terminal", "shell"],
  ["ask", "question"],
  ["question", "question"],
  ["title", "title"],
]);

/** The task type of a slash command, be it given apart or typed at the beginning of the text. */
export function taskOfSlashCommand(command: string | undefined, text: string): TaskType | undefined {
  const typed = command ?? /^\s{0,8}\/([a-z-]{1,20})(?=\s|$)/i.exec(text)?.[1];
  return typed === undefined ? undefined : SLASH_COMMANDS.get(typed.replace(/^\//, "").toLowerCase());
}
