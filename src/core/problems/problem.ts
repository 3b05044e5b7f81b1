/** Closed set of things one button beside a problem can do. */
export type ProblemActionId =
  | "enter-key"
  | "try-again"
  | "continue"
  | "review-gateway"
  | "test-connection"
  | "set-budget"
  | "send-anyway"
  | "show-key-limits"
  | "set-privacy"
  | "allow-once"
  | "raise-for-today"
  | "ask-cheaper"
  | "open-settings"
  | "start-new-ledger"
  | "new-chat"
  | "show-log";

export interface ProblemAction {
  readonly id: ProblemActionId;
  readonly label: string;
}

/** One sentence: what happened, what it means for money and text. And one thing to do. */
export interface Problem {
  readonly sentence: string;
  readonly action: ProblemAction;
  /** Other ways out, in the order of their worth. */
  readonly alternatives?: readonly ProblemAction[];
}

const LABELS: Readonly<Record<ProblemActionId, string>> = {
  "enter-key": "Enter Key",
  "try-again": "Try Again",
  continue: "Continue from Here",
  "review-gateway": "Review Address",
  "test-connection": "Test Connection",
  "set-budget": "Set Budget",
  "send-anyway": "Send",
  "show-key-limits": "Show Key Limits",
  "set-privacy": "Set Privacy",
  "allow-once": "Allow Once",
  "raise-for-today": "Raise for Today",
  "ask-cheaper": "Ask a Cheaper Model",
  "open-settings": "Open Settings",
  "start-new-ledger": "Start a New Ledger",
  "new-chat": "New Chat",
  "show-log": "Show Log",
};

export function problem(sentence: string, id: ProblemActionId, ...alternatives: readonly ProblemActionId[]): Problem {
  return {
    sentence,
    action: { id, label: LABELS[id] },
    ...(alternatives.length === 0
      ? {}
      : { alternatives: alternatives.map((other) => ({ id: other, label: LABELS[other] })) }),
  };
}
