import assert from "node:assert/strict";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import { LANGUAGES } from "./prompts/labelledPrompt.ts";
import { type LabelledPrompt, splitPrompts } from "./prompts/splitPrompts.ts";

const classifier = new TaskClassifier();

const LEAST_SHARE = 0.95;
/** Few prompts a language, so that one more or less is much. */
const LEAST_SHARE_OF_A_LANGUAGE = 0.8;

function isRight({ signals, taskType }: LabelledPrompt): boolean {
  return classifier.classify(signals).taskType === taskType;
}

function share(prompts: readonly LabelledPrompt[]): number {
  return prompts.filter(isRight).length / prompts.length;
}

/** Which type was taken for which, how often. */
function confusion(prompts: readonly LabelledPrompt[]): string {
  const wrong = prompts.filter((prompt) => !isRight(prompt));
  const pairs = wrong.map(({ signals, taskType }) => `${taskType} taken for ${classifier.classify(signals).taskType}`);
  const counts = Map.groupBy(pairs, (pair) => pair);
  const lines = [...counts].map(([pair, { length }]) => `  ${length} × ${pair}`);
  return `${wrong.length} of ${prompts.length} wrong:\n${lines.toSorted().join("\n")}`;
}

describe("prompts the classifier was not tuned on", () => {
  const { tuning, heldOut } = splitPrompts();

  it("are at least 200, another set than those it was tuned on, and of every type", () => {
    assert.ok(heldOut.length >= 200 && tuning.length >= 200, `${tuning.length} and ${heldOut.length}`);
    const texts = new Set(tuning.map(({ signals }) => signals.text));
    assert.deepEqual(
      heldOut.filter(({ signals }) => texts.has(signals.text)),
      [],
    );
    assert.equal(new Set(heldOut.map(({ taskType }) => taskType)).size, 13);
  });

  it("are classified rightly", () => {
    assert.ok(share(heldOut) >= LEAST_SHARE, confusion(heldOut));
  });

  it("are classified decently in every language", () => {
    for (const language of LANGUAGES) {
      const ofLanguage = heldOut.filter((prompt) => prompt.language === language);
      assert.ok(share(ofLanguage) >= LEAST_SHARE_OF_A_LANGUAGE, `${language}: ${confusion(ofLanguage)}`);
    }
  });
});
