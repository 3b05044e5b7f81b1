import assert from "node:assert/strict";
import fc from "fast-check";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import type { TaskSignals } from "../../../src/core/tasks/taskSignals.ts";
import { TASK_TYPES, type TaskType, isTaskType } from "../../../src/core/tasks/taskType.ts";

const classifier = new TaskClassifier();

type Surroundings = Partial<Omit<TaskSignals, "text">>;

function signalsOf(text: string, surroundings: Surroundings = {}): TaskSignals {
  return { text, hasSelection: false, hasDiagnostics: false, ...surroundings };
}

function check(text: string, expected: TaskType, surroundings: Surroundings = {}): void {
  assert.equal(classifier.classify(signalsOf(text, surroundings)).taskType, expected, text);
}

const SELECTION: Surroundings = { hasSelection: true };

describe("the task type of a request", () => {
  it("is found by its words", () => {
    check("Explain what this function does", "explain");
    check("what does formatInvoice do?", "explain");
    check("There is an off-by-one bug in the loop, please fix it", "fix");
    check("this crashes when the list is empty", "fix");
    check("write unit tests for parseDate", "test");
    check("Add JSDoc to the exported functions", "document");
    check("Please review my changes", "review");
    check("refactor this into smaller functions", "refactor");
    check("suggest a commit message for this diff", "commit-message");
    check("which git command undoes the last commit?", "shell");
    check("How should we structure the storage layer?", "plan");
    check("Create a debounce function", "generate");
    check("hello there", "question");
  });

  it("is that of the main clause, whatever words stand beside it", () => {
    check("write a function that fixes broken dates", "generate");
    check("explain how to write a unit test for this reducer", "explain");
    check("Create a queue that reviews incoming commits", "generate");
    check("I refactored the parser yesterday. Can you write tests for it?", "test");
    check("add a comment explaining this loop", "document", SELECTION);
    check("write a parser for commit messages", "generate");
    check("build a test helper function", "generate");
    check("don't explain, just fix it", "fix", SELECTION);
  });

  it("is not taken from code, stack traces and quotations", () => {
    check(
      "What does this do?\n```js\n// fix: refactor the tests, write docs\nthrow new Error('broken')\n```",
      "explain",
    );
    check('Translate "please fix the tests and write a README" to French', "edit", SELECTION);
    check("```js\nfunction explain(review) { return review.test() }\n```\nrefactor", "refactor");
    check("    at fix (/src/review.ts:1:2)\n    at explain (/src/test.ts:3:4)\n\nhelp", "fix");
  });

  it("uses the surroundings where words say nothing", () => {
    check("and this?", "fix", { hasDiagnostics: true });
    check("", "fix", { surface: "fix" });
    check("", "explain", { surface: "explain", hasSelection: true });
    check("rename it and convert it to async", "refactor");
    check("convert it to async", "edit", { hasSelection: true });
    check("convert kilometres to miles", "generate");
  });

  it("forgives typing errors", () => {
    check("refacotr this fucntion", "refactor", SELECTION);
    check("wirte unti tests", "test", SELECTION);
    check("can yuo expalin waht this dose", "explain", SELECTION);
    check("simplfy", "refactor", SELECTION);
  });

  it("is that of a slash command, given apart or typed", () => {
    const commanded = classifier.classify(signalsOf("fix the bug", { slashCommand: "tests" }));
    assert.deepEqual(
      [commanded.taskType, commanded.confidence, commanded.because],
      ["test", 1, "by the command you used"],
    );
    check("/explain this crash", "explain");
    check("/Fix", "fix");
    check("x", "document", { slashCommand: "/doc" });
    check("/unknown write a function to add numbers", "generate");
    check("/etc/hosts permission denied, why?", "fix");
  });

  it("is a question when nothing speaks for another", () => {
    check("", "question");
    check("   \n\t ", "question");
    check("hm", "question");
    check("purple monkeys", "question");
    check("👍", "question");
  });

  it("is one of the closed set, the same every time, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), fc.boolean(), (text, hasSelection, hasDiagnostics) => {
        const signals = { text, hasSelection, hasDiagnostics };
        const found = classifier.classify(signals);
        assert.ok(isTaskType(found.taskType));
        assert.ok(found.confidence > 0 && found.confidence <= 1);
        assert.deepEqual(classifier.classify(signals), found);
      }),
    );
    assert.equal(TASK_TYPES.length, 13);
  });
});

describe("the reason for a task type", () => {
  const because = (text: string, surroundings: Surroundings = {}): string =>
    classifier.classify(signalsOf(text, surroundings)).because;

  it("names the words or the surroundings that spoke for it", () => {
    assert.equal(because("it does not work"), 'by the words "does not work"');
    assert.equal(because("refactor"), 'by the word "refactor"');
    assert.equal(because("and this?", { hasDiagnostics: true }), "the code shown has problems");
    assert.equal(because("purple monkeys"), "nothing in the request names another task");
  });

  it("never says a word of the prompt that is not in the lexicon", () => {
    const secrets = fc.string({ unit: fc.constantFrom(..."qxzj0189".split("")), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(secrets, fc.constantFrom("fix", "refactor", "erkläre", "исправь", "what is"), (secret, word) => {
        assert.ok(!because(`${word} ${secret} ${word}${secret}`).includes(secret));
      }),
    );
  });

  it("comes with more confidence the clearer the words are", () => {
    const confidence = (text: string): number => classifier.classify(signalsOf(text)).confidence;
    assert.ok(confidence("write unit tests for the parser") > confidence("something about tests and docs"));
    assert.ok(confidence("hm") < 0.7);
  });
});

describe("the size of a task", () => {
  const size = (text: string, surroundings: Surroundings = {}): string =>
    classifier.classify(signalsOf(text, surroundings)).size;

  it("follows what is asked for and how much goes along", () => {
    assert.equal(size("what is a closure?"), "small");
    assert.equal(size("fix this", SELECTION), "small");
    assert.equal(size("fix this", { ...SELECTION, contextTokens: 20_000 }), "large");
    assert.equal(size("Create a React component that shows a sortable table"), "medium");
    assert.equal(size("refactor the whole codebase to use dependency injection"), "large");
    assert.equal(size("rename it", SELECTION), "small");
  });
});

describe("the needs of a task", () => {
  const needs = (text: string, surroundings: Surroundings = {}) =>
    classifier.classify(signalsOf(text, surroundings)).needs;
  const none = { code: false, reasoning: false, images: false, tools: false, longContext: false };

  it("are what a model must be able to do", () => {
    assert.deepEqual(needs("hello"), none);
    assert.deepEqual(needs("fix this", SELECTION), { ...none, code: true });
    assert.deepEqual(needs("plan the migration to Kubernetes"), { ...none, reasoning: true });
    assert.deepEqual(needs("what is this", { hasImages: true }), { ...none, code: true, images: true });
    assert.deepEqual(needs("hello", { contextTokens: 100_000 }).longContext, true);
  });

  it("include tools where code is meant that is not shown", () => {
    assert.equal(needs("fix the date parsing in src/utils/time.ts").tools, true);
    assert.equal(needs("refactor the whole codebase").tools, true);
    assert.equal(needs("refactor parseDate", SELECTION).tools, false);
  });
});

describe("classifying a text of any length", () => {
  const MEGABYTE = 1_000_000;
  const LIMIT_MS = 250;

  function classifyInTime(text: string): TaskType {
    const startedAtMs = performance.now();
    const { taskType } = classifier.classify(signalsOf(text));
    assert.ok(performance.now() - startedAtMs < LIMIT_MS, JSON.stringify(text.slice(0, 20)));
    return taskType;
  }

  it("looks at its beginning and its end", () => {
    const log = "2024-05-01 12:00:00 INFO nothing to see here\n".repeat(MEGABYTE / 45);
    assert.equal(classifyInTime(`${log}\nPlease write unit tests for this parser.`), "test");
    assert.equal(classifyInTime(`Please write unit tests for this parser.\n${log}`), "test");
    assert.equal(classifyInTime(`Explain this:\n\`\`\`\n${"fix();\n".repeat(MEGABYTE / 7)}\`\`\``), "explain");
  });

  it("takes no longer for text made to be slow", () => {
    const units = [
      "a",
      " ",
      "\n",
      "a.",
      "a/",
      "aB",
      "a_",
      "foo(",
      "'a ",
      '"',
      "`",
      "```",
      "at ",
      "«",
      "这",
      "の",
      "\uD83D",
      "e\u0301",
      "l'",
    ];
    for (const unit of units) classifyInTime(unit.repeat(MEGABYTE / unit.length));
  });

  it("never throws, not even for halves of characters", () => {
    const units = fc.constantFrom(
      "fix",
      " ",
      "\uD83D",
      "\uDE00",
      "```",
      "\n",
      "为什么",
      "'",
      '"',
      "l’",
      "?",
      "and",
      "\u0000",
      "ß",
    );
    fc.assert(
      fc.property(fc.array(units, { maxLength: 400 }), (parts) => {
        assert.ok(isTaskType(classifier.classify(signalsOf(parts.join(""))).taskType));
      }),
    );
  });
});
