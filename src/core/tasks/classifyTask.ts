import type { TaskType } from "./taskType.ts";

/** What is known about a request without asking any model. */
export interface TaskSignals {
  readonly text: string;
  readonly hasSelection: boolean;
  readonly hasDiagnostics: boolean;
}

export interface TaskClassification {
  readonly taskType: TaskType;
  /** 0 (a guess) to 1 (certain). */
  readonly confidence: number;
  /** What spoke for it, in words. */
  readonly because: string;
}

interface TaskRule {
  readonly taskType: TaskType;
  readonly pattern: RegExp;
}

/** First match wins, so the narrower meaning stands above the wider one. */
const RULES: readonly TaskRule[] = [
  { taskType: "commit-message", pattern: /\bcommit (message|msg)\b|\bmessage for (this|the|my) commit\b/i },
  { taskType: "title", pattern: /\b(short )?title for (this|the) (chat|conversation)\b/i },
  {
    taskType: "test",
    pattern: /\b(write|add|create|generate|need|missing)\b.{0,40}\b(unit |integration )?(tests?|specs?|test cases?)\b/i,
  },
  {
    taskType: "document",
    pattern:
      /\b(document|docstrings?|jsdoc|tsdoc|javadoc|add (doc )?comments?|write (the )?(docs|documentation|readme))\b/i,
  },
  { taskType: "review", pattern: /\b(review|code review|critique|audit|look over|anything wrong with)\b/i },
  {
    taskType: "fix",
    pattern:
      /\b(fix|bug|repair|broken|crash(es|ing)?|debug|doesn'?t work|not working|fails?|failing|throws?|off[- ]by[- ]one|wrong result)\b/i,
  },
  {
    taskType: "refactor",
    pattern:
      /\b(refactor|clean ?up|simplify|restructure|rename|extract|deduplicate|make .{0,30}(cleaner|simpler|more readable)|split .{0,30} into)\b/i,
  },
  {
    taskType: "explain",
    pattern:
      /\b(explain|what does|what is .{0,30} doing|how does .{0,60} work|walk me through|understand|why does|describe)\b/i,
  },
  {
    taskType: "shell",
    pattern:
      /\b(shell|bash|terminal|command line|powershell|zsh)\b.{0,40}\b(command|script|one-?liner)?\b|\b(git|docker|npm|kubectl|grep|find|sed|awk) command\b/i,
  },
  {
    taskType: "plan",
    pattern:
      /\b(plan|design|architecture|approach|roadmap|outline the steps|how (should|would) (i|we) (structure|build|organi[sz]e))\b/i,
  },
  {
    taskType: "edit",
    pattern: /\b(change|replace|convert|translate|update|modify|rewrite|add a parameter|make (it|this))\b/i,
  },
  { taskType: "generate", pattern: /\b(write|create|generate|implement|build|scaffold|add)\b/i },
];

/**
 * Decides what a request is for from its words and its surroundings. Local and deterministic; unsure is `question`.
 */
export function classifyTask(signals: TaskSignals): TaskClassification {
  const rule = RULES.find(({ pattern }) => pattern.test(signals.text));
  if (rule === undefined) return withoutWords(signals);
  if (rule.taskType === "edit" && !signals.hasSelection) {
    return { taskType: "generate", confidence: 0.5, because: "asks for a change, with no code selected" };
  }
  return { taskType: rule.taskType, confidence: 0.8, because: "by the words of the request" };
}

function withoutWords(signals: TaskSignals): TaskClassification {
  if (signals.hasDiagnostics) return { taskType: "fix", confidence: 0.5, because: "the code shown has problems" };
  return { taskType: "question", confidence: 0.4, because: "nothing in the request names another task" };
}
