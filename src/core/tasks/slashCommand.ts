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

/** A command and what follows it; no slash belongs to the word, so that a path is none. */
const TYPED_COMMAND = /^\s{0,8}\/([a-z-]{1,20})(?=\s|$)/i;

/** What a task is called at the beginning of a request. */
const WISHES: Readonly<Record<TaskType, string>> = {
  explain: "Explain",
  fix: "Fix",
  refactor: "Refactor",
  test: "Write tests",
  document: "Document",
  review: "Review",
  generate: "Write",
  edit: "Change",
  "commit-message": "Write a commit message",
  plan: "Plan",
  shell: "Give a shell command",
  question: "Answer",
  title: "Give a title",
};

/** The task type of a slash command, be it given apart or typed at the beginning of the text. */
export function taskOfSlashCommand(command: string | undefined, text: string): TaskType | undefined {
  const typed = command ?? TYPED_COMMAND.exec(text)?.[1];
  return typed === undefined ? undefined : SLASH_COMMANDS.get(typed.replace(/^\//, "").toLowerCase());
}

/** The word behind a slash at the beginning of a text, known or not, and what follows it. */
export function typedCommand(text: string): { readonly name: string; readonly rest: string } | undefined {
  const name = TYPED_COMMAND.exec(text)?.[1];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest: text.replace(TYPED_COMMAND, "").trim() };
}

/** What a person typed, as a model reads it: a known command at its beginning becomes the wish it stands for. */
export function withoutSlashCommand(text: string): string {
  const taskType = taskOfSlashCommand(undefined, text);
  if (taskType === undefined) return text;
  const rest = text.replace(TYPED_COMMAND, "").trim();
  return rest === "" ? `${WISHES[taskType]}.` : `${WISHES[taskType]}: ${rest}`;
}
