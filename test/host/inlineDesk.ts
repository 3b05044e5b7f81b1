import { ConfigurationTarget, type MessageItem, commands, window, workspace } from "vscode";
import type { AcceptedEdit } from "../../src/core/outcomes/acceptedEdits.ts";
import type { CountedOutcome } from "../../src/core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../src/core/routing/outcomeKind.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { AcceptedWatch } from "../../src/extension/features/edits/acceptedWatch.ts";
import { COMMANDS } from "../../src/extension/platform/contributions.ts";
import { DisposableStore } from "../../src/extension/platform/disposableStore.ts";
import { InlineEdits } from "../../src/extension/features/inlineEdit/inlineEdits.ts";
import { StagedTurns } from "./stagedTurns.ts";

/** Inline edits with a desk of their own: what they ask, tell and pass on is taken down. */
export interface InlineDesk {
  readonly edits: InlineEdits;
  /** Turns and verdicts on them, `turn-1 accepted`. */
  readonly verdicts: string[];
  /** Names of files whose changes were to be shown beside them. */
  readonly beside: string[];
  /** Sentences that the person was shown. */
  readonly told: string[];
  /** What the workspace's state holds. */
  readonly state: Map<string, unknown>;
  /** What the person answers to the next questions: the label of a button. */
  readonly replies: string[];
  /** The turns that are asked for. */
  readonly turns: StagedTurns;
  /** What features of their own may be made with. */
  readonly services: unknown;
  /** While it is there, the person has not answered yet. */
  thinking: Promise<void> | undefined;
  dispose(): void;
}

/** Gives each test of a suite a desk of its own; to be called where the suite's own hooks would stand. */
export function withInlineDesk(take: (desk: InlineDesk) => void): void {
  let desk: InlineDesk;
  // In a browser the editor saves by itself, and then changes are shown beside the document.
  before(() => workspace.getConfiguration("files").update("autoSave", "off", ConfigurationTarget.Global));
  beforeEach(() => {
    desk = openInlineDesk();
    take(desk);
  });
  afterEach(async () => {
    desk.thinking = undefined;
    await desk.edits.run(COMMANDS.cancelInlineEdit, []);
    desk.dispose();
    await commands.executeCommand("workbench.action.files.revert");
  });
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.getConfiguration("files").update("autoSave", undefined, ConfigurationTarget.Global);
  });
}

export function openInlineDesk(): InlineDesk {
  const [verdicts, beside, told, replies]: [string[], string[], string[], string[]] = [[], [], [], []];
  const state = new Map<string, unknown>();
  const turns = new StagedTurns();
  const disposables = new DisposableStore();
  const watch = disposables.add(
    new AcceptedWatch({
      verdict: ({ turnId, kind }) => verdicts.push(`${turnId} ${kind}`),
      edited: () => undefined,
      state: { get: () => undefined },
    }),
  );
  const services = {
    context: {
      workspaceState: {
        get: (key: string) => state.get(key),
        update: async (key: string, value: unknown) =>
          void (value === undefined ? state.delete(key) : state.set(key, value)),
      },
    },
    engine: {
      get: async () => ({
        runTurn: (order: unknown, signal: AbortSignal) => turns.run(order, signal),
        noteOutcome: async (turnId: string, outcome: OutcomeKind | CountedOutcome) => {
          verdicts.push(`${turnId} ${typeof outcome === "string" ? outcome : outcome.kind}`);
        },
      }),
    },
    spend: { noteWaybill: () => undefined, place: () => ({}) },
    settings: () => ({ policies: { base: DEFAULT_POLICY, tasks: {} } }),
    log: { error: (event: string) => told.push(event) },
    proposals: async () => ({
      offer: async ({ document }: { document: { fileName: string } }) => beside.push(document.fileName),
      watchAccepted: (edit: AcceptedEdit) => watch.watch(edit),
    }),
    disposables,
  };
  const messages = ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const;
  const real = messages.map((name) => [name, window[name]] as const);
  const reply = async (sentence: string, ...rest: readonly (string | MessageItem | object)[]) => {
    told.push(sentence);
    await desk.thinking;
    const asked = rest.filter((choice) => typeof choice === "string");
    return asked.find((label) => replies.includes(label));
  };
  for (const name of messages) Reflect.set(window, name, reply);
  const desk: InlineDesk = {
    edits: new InlineEdits(services as never),
    ...{ verdicts, beside, told, state, replies, turns, services },
    thinking: undefined,
    dispose: () => {
      for (const [name, message] of real) Reflect.set(window, name, message);
      disposables.dispose();
    },
  };
  return desk;
}
