import type { TaskSignals } from "../../../../src/core/tasks/taskSignals.ts";
import type { TaskType } from "../../../../src/core/tasks/taskType.ts";
import { COMMIT_MESSAGE_PROMPTS } from "./commitMessagePrompts.ts";
import { DOCUMENT_PROMPTS } from "./documentPrompts.ts";
import { EDIT_PROMPTS } from "./editPrompts.ts";
import { EXPLAIN_PROMPTS } from "./explainPrompts.ts";
import { FIX_PROMPTS } from "./fixPrompts.ts";
import { GENERATE_PROMPTS } from "./generatePrompts.ts";
import { LANGUAGES, type Language, type Prompt, type PromptTable } from "./labelledPrompt.ts";
import { PLAN_PROMPTS } from "./planPrompts.ts";
import { QUESTION_PROMPTS } from "./questionPrompts.ts";
import { REFACTOR_PROMPTS } from "./refactorPrompts.ts";
import { REVIEW_PROMPTS } from "./reviewPrompts.ts";
import { SHELL_PROMPTS } from "./shellPrompts.ts";
import { TEST_PROMPTS } from "./testPrompts.ts";
import { TITLE_PROMPTS } from "./titlePrompts.ts";

export interface LabelledPrompt {
  readonly signals: TaskSignals;
  readonly taskType: TaskType;
  readonly language: Language;
}

const TABLES: Readonly<Record<TaskType, PromptTable>> = {
  explain: EXPLAIN_PROMPTS,
  fix: FIX_PROMPTS,
  refactor: REFACTOR_PROMPTS,
  test: TEST_PROMPTS,
  document: DOCUMENT_PROMPTS,
  review: REVIEW_PROMPTS,
  generate: GENERATE_PROMPTS,
  edit: EDIT_PROMPTS,
  "commit-message": COMMIT_MESSAGE_PROMPTS,
  plan: PLAN_PROMPTS,
  shell: SHELL_PROMPTS,
  question: QUESTION_PROMPTS,
  title: TITLE_PROMPTS,
};

/**
 * The two halves of the prompts: every second English one of a task type, and every second one of each other language
 * (counted through the task types) is held out.
 */
export function splitPrompts(): {
  readonly tuning: readonly LabelledPrompt[];
  readonly heldOut: readonly LabelledPrompt[];
} {
  const tuning: LabelledPrompt[] = [];
  const heldOut: LabelledPrompt[] = [];
  for (const language of LANGUAGES) {
    let index = 0;
    for (const [taskType, table] of Object.entries(TABLES) as [TaskType, PromptTable][]) {
      if (language === "en") index = 0;
      for (const prompt of table[language])
        (index++ % 2 === 0 ? tuning : heldOut).push(label(prompt, taskType, language));
    }
  }
  return { tuning, heldOut };
}

function label(prompt: Prompt, taskType: TaskType, language: Language): LabelledPrompt {
  const [text, context] = typeof prompt === "string" ? [prompt, {}] : prompt;
  return { signals: { text, hasSelection: false, hasDiagnostics: false, ...context }, taskType, language };
}
