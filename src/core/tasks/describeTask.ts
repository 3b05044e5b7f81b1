import { type ReadRequest, speaksOf } from "./readRequest.ts";
import type { TaskClassification, TaskNeeds, TaskSize } from "./taskClassification.ts";
import type { TaskSignals } from "./taskSignals.ts";
import { type TaskType, isCodeTask } from "./taskType.ts";

type Verdict = Pick<TaskClassification, "taskType" | "confidence" | "because">;

/** A longer request asks for more than one thing. */
const LONG_REQUEST_WORDS = 60;
/** More than one or two files go along. */
const MUCH_CONTEXT_TOKENS = 8_000;
/** "fix this", with a few lines of code. */
const SHORT_REQUEST_WORDS = 6;
const LITTLE_CONTEXT_TOKENS = 600;
/** More than models with a short context take in well. */
const LONG_CONTEXT_TOKENS = 32_000;
/** A low guess, so that the need is seen rather too early than too late. */
const CHARACTERS_PER_TOKEN = 3;

const SIZES: readonly TaskSize[] = ["small", "medium", "large"];

/** Adds to a task type how much there is to do and what it takes. */
export function describeTask(verdict: Verdict, signals: TaskSignals, request: ReadRequest): TaskClassification {
  const contextTokens = signals.contextTokens ?? Math.ceil(signals.text.length / CHARACTERS_PER_TOKEN);
  const size = sizeOf(verdict.taskType, request, contextTokens);
  return { ...verdict, size, needs: needsOf({ taskType: verdict.taskType, size, contextTokens }, signals, request) };
}

/** What such a task usually is, and a step more or less for what this one shows. */
function sizeOf(taskType: TaskType, request: ReadRequest, contextTokens: number): TaskSize {
  const isShort = request.wordCount <= SHORT_REQUEST_WORDS && contextTokens <= LITTLE_CONTEXT_TOKENS;
  const more = [
    request.wordCount > LONG_REQUEST_WORDS,
    contextTokens > MUCH_CONTEXT_TOKENS,
    speaksOf(request, "scope"),
  ];
  const usual = usualSize(taskType);
  const step = usual + more.filter(Boolean).length - (isShort && canBeSmall(taskType) ? 1 : 0);
  return SIZES[Math.min(Math.max(step, 0), SIZES.length - 1)] ?? "medium";
}

function usualSize(taskType: TaskType): 0 | 1 {
  switch (taskType) {
    case "title":
    case "commit-message":
    case "shell":
    case "question":
    case "explain":
    case "edit":
    case "document":
      return 0;
    case "fix":
    case "refactor":
    case "test":
    case "review":
    case "generate":
    case "plan":
      return 1;
  }
}

/** A few words can ask for a whole program or plan, but hardly for a large repair of what is shown. */
function canBeSmall(taskType: TaskType): boolean {
  return taskType !== "generate" && taskType !== "plan";
}

function needsOf(
  { taskType, size, contextTokens }: { taskType: TaskType; size: TaskSize; contextTokens: number },
  signals: TaskSignals,
  request: ReadRequest,
): TaskNeeds {
  return {
    code: isCodeTask(taskType) || signals.hasSelection || request.context.has("shown-code"),
    reasoning: taskType === "plan" || taskType === "review" || size === "large" || request.context.has("stack-trace"),
    images: signals.hasImages === true,
    tools: isCodeTask(taskType) && (speaksOf(request, "scope") || namesOtherFile(signals, request)),
    longContext: contextTokens > LONG_CONTEXT_TOKENS,
  };
}

/** Speaks of a path or a name that is not shown, so that somebody has to look for it. */
function namesOtherFile(signals: TaskSignals, request: ReadRequest): boolean {
  return !signals.hasSelection && !request.context.has("shown-code") && speaksOf(request, "symbol");
}
