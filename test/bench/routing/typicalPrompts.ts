import type { TaskSignals } from "../../../src/core/tasks/taskSignals.ts";

const PASTED_CODE = Array.from(
  { length: 120 },
  (_value, line) =>
    `  const total${line} = items.filter((item) => item.kind === "k${line}").reduce((sum, { cents }) => sum + cents, 0);`,
).join("\n");

const TEXTS = [
  "What does this function do?",
  "explain how the cache works here, I don't get why it is cleared twice",
  "There is an off-by-one error in the loop, please fix it",
  "this throws 'Cannot read properties of undefined' when the list is empty",
  "Why is the build failing on Windows only?",
  "refactor this into smaller functions and rename the parameters",
  "make this more readable",
  "write unit tests for parseDate, including leap years",
  "add a test case for the empty invoice",
  "Add JSDoc to the exported functions",
  "Please review my changes before I open the pull request",
  "suggest a commit message for these changes",
  "which git command undoes the last commit but keeps the files?",
  "How should we structure the storage layer if several windows write at once?",
  "Create a debounce function with a trailing call",
  "convert this to async/await",
  "add a parameter for the locale and pass it through",
  "implement retry with exponential backoff and jitter",
  "is Map faster than an object for 10,000 keys?",
  "hello there",
  "and this?",
  "translate the comments into English",
  "Write a README section about the configuration",
  "find the race condition in this code and explain it step by step",
  "bash one-liner that counts lines of all TypeScript files",
] as const;

/** What people ask in an editor, with and without a selection; every fourth one has pasted code in it. */
export const TYPICAL_PROMPTS: readonly TaskSignals[] = TEXTS.map((text, number) => ({
  text: number % 4 === 3 ? `${text}\n\n${PASTED_CODE}` : text,
  hasSelection: number % 2 === 0,
  hasDiagnostics: number % 5 === 0,
}));
