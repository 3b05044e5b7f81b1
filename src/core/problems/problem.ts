/** Closed set of things one button beside a problem can do. */
export type ProblemActionId =
  | "enter-key"
  | "try-again"
  | "continue"
  | "test-connection"
  | "set-budget"
  | "open-settings"
  | "start-new-ledger"
  | "new-chat"
  | "show-log";

interface ProblemAction {
  readonly id: ProblemActionId;
  readonly label: string;
}

/** One sentence: what happened, what it means for money and text. And one thing to do. */
export interface Problem {
  readonly sentence: string;
  readonly action: ProblemAction;
  /** Another way out, where there are two of the same worth. */
  readonly alternative?: ProblemAction;
}

const LABELS: Readonly<Record<ProblemActionId, string>> = {
  "enter-key": "Enter Key",
  "try-again": "Try Again",
  continue: "Continue from Here",
  "test-connection": "Test Connection",
  "set-budget": "Set Budget",
  "open-settings": "Open Settings",
  "start-new-ledger": "Start a New Ledger",
  "new-chat": "New Chat",
  "show-log": "Show Log",
};

export function problem(sentence: string, id: ProblemActionId, alternativeId?: ProblemActionId): Problem {
  return {
    sentence,
    action: { id, label: LABELS[id] },
    ...(alternativeId === undefined ? {} : { alternative: { id: alternativeId, label: LABELS[alternativeId] } }),
  };
}
