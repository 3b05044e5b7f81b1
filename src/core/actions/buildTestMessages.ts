import { questionHolding } from "../conversation/buildMessages.ts";
import type { CodeContext, ConversationMessage } from "../conversation/conversationMessage.ts";
import type { TestPlan } from "../testFiles/planTestFile.ts";

/** What is to be tested, and what helps with it. */
export interface TestOrder {
  readonly plan: TestPlan;
  /** Of the source, relative to the workspace. */
  readonly source: string;
  readonly code: CodeContext;
  /** Lines of it that matter most, for instance `12-30`; absent for all of it. */
  readonly focus?: string;
  /** The tests that are there, which are extended. */
  readonly existing?: CodeContext;
  /** A test of the same project. */
  readonly example?: CodeContext;
}

const INSTRUCTIONS =
  "You are a careful programming assistant that writes tests. Answer with exactly one fenced code block and nothing else. " +
  "Test what the code promises, its edges and its errors. Use nothing that the project does not have.";

/** The messages that ask for the tests of a piece of code, as the whole file or the whole part of it that holds tests. */
export function buildTestMessages({
  plan,
  source,
  code,
  focus,
  existing,
  example,
}: TestOrder): readonly ConversationMessage[] {
  const about = focus === undefined ? source : `lines ${focus} of ${source}`;
  const wish = `Write tests for ${about} with ${plan.framework}. ${describeForm(plan, existing !== undefined)}`;
  const alike = example === undefined ? [] : [{ ...example, note: "a test of this project: write in the same way" }];
  const present = existing === undefined ? [] : [{ ...existing, note: "the tests that are there" }];
  return [
    { role: "system", content: INSTRUCTIONS },
    { role: "user", ...questionHolding(wish, [...alike, ...present, code]) },
  ];
}

function describeForm({ path, state }: TestPlan, hasTests: boolean): string {
  if (state === "inside" && hasTests) {
    return "Answer with the whole test module that takes the place of the present one; keep the tests that are there.";
  }
  if (state === "inside") return "Answer with the test module alone; it is put at the end of the file.";
  return hasTests
    ? `Answer with the whole new text of ${path}; keep the tests that are there.`
    : `Answer with the whole new file ${path}; imports are relative to it.`;
}
