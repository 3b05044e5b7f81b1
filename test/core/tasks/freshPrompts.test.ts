import assert from "node:assert/strict";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import { FRESH_PROMPTS } from "./prompts/freshPrompts.ts";

const classifier = new TaskClassifier();

/** 81 % are right; one standard error is 3 points, and a change that loses more than that is to be looked at. */
const LEAST_SHARE = 0.78;

describe("prompts nobody tuned for", () => {
  const labelled = Object.entries(FRESH_PROMPTS).flatMap(([taskType, prompts]) =>
    prompts.map((prompt) => {
      const [text, context] = typeof prompt === "string" ? [prompt, {}] : prompt;
      return { taskType, signals: { text, hasSelection: false, hasDiagnostics: false, ...context } };
    }),
  );

  it("are taken for what they are about four times of five", () => {
    assert.ok(labelled.length >= 120, String(labelled.length));
    const wrong = labelled.filter(({ signals, taskType }) => classifier.classify(signals).taskType !== taskType);
    const share = 1 - wrong.length / labelled.length;
    assert.ok(share >= LEAST_SHARE, `${wrong.length} of ${labelled.length} wrong`);
  });
});
