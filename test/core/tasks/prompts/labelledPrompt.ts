import type { TaskSignals } from "../../../../src/core/tasks/taskSignals.ts";

/*
 * How the prompts are labelled. The label says what the person wants to have in hand afterwards, whatever words they use.
 *
 *   explain         understands something that is there: code, an output, a message, a mechanism ("how does X work").
 *   question        knows a fact, an opinion, a comparison or how something is done in general; small talk; anything unclear.
 *                   "What is a closure" and "how do I sort a list" are questions; "explain closures" is explain.
 *   fix             has something that works again. A reported fault, a pasted error without a word, and "why does my test
 *                   fail" are fixes, because nobody asks that to admire the cause.
 *   refactor        has the same behaviour in better shape: cleaner, shorter, split, better named, faster.
 *   edit            has the code that is there behave or look different in a way the person names: another language or
 *                   library, a new parameter, another value, error handling.
 *   generate        has code, queries or configuration that was not there before.
 *   test            has tests, test cases, test data or mocks. A failing test is fix, a question about testing is question.
 *   document        has comments, docstrings, a README, a changelog or other text about code.
 *   review          has a judgement of code that is there: problems, risks, whether it is right.
 *   plan            has steps, a design or a structure before there is code.
 *   shell           has something to type into a terminal, or a shell script: "how do I undo a commit in git" as well.
 *   commit-message  has a message for a commit or the description of a pull request.
 *   title           has a headline for a chat, an issue or a pull request.
 *
 * They were written before the classifier was tuned. Every second one (see `splitPrompts.ts`) is held out: the classifier
 * was never tuned on it, so that its share of right answers says what to expect of prompts nobody has seen.
 */

export const LANGUAGES = ["en", "de", "fr", "es", "zh", "ja", "ru"] as const;

export type Language = (typeof LANGUAGES)[number];

export type PromptContext = Partial<Omit<TaskSignals, "text">>;

/** The words alone, or with what is known besides them. */
export type Prompt = string | readonly [text: string, context: PromptContext];

/** The prompts of one task type. */
export type PromptTable = Readonly<Record<Language, readonly Prompt[]>>;

export const SELECTION: PromptContext = { hasSelection: true };
export const PROBLEMS: PromptContext = { hasSelection: true, hasDiagnostics: true };
export const DIFF: PromptContext = { hasDiff: true };
