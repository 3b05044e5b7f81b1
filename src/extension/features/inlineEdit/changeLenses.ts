import { CodeLens, type CodeLensProvider, type Command, EventEmitter, Range, type TextDocument } from "vscode";
import { type CommandId, COMMANDS } from "../../platform/contributions.ts";
import { strongerView } from "../chat/strongerView.ts";
import type { InlineSession } from "./inlineSession.ts";

/** What can be done with an edit, above it and above each of its changes. */
export class ChangeLenses implements CodeLensProvider {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;
  readonly #sessionOf: (document: TextDocument) => InlineSession | undefined;

  constructor(sessionOf: (document: TextDocument) => InlineSession | undefined) {
    this.#sessionOf = sessionOf;
  }

  refresh(): void {
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const session = this.#sessionOf(document);
    if (session === undefined) return [];
    const { review } = session;
    const at = (line: number) =>
      new Range(Math.min(line, document.lineCount - 1), 0, Math.min(line, document.lineCount - 1), 0);
    const top = topCommands(session).map((command) => new CodeLens(at(review.firstLine), command));
    if (review.isParked) return top;
    const { pending } = session;
    const changes = pending
      .filter(({ isOpen }) => !isOpen)
      .flatMap(({ id, first }, index) =>
        changeCommands(session, { id, name: `${index + 1} of ${pending.length}` }).map(
          (command) => new CodeLens(at(review.firstLine + first), command),
        ),
      );
    return [...top, ...changes];
  }
}

function topCommands(session: InlineSession): readonly Command[] {
  const count = session.pending.length;
  const changes = count === 1 ? "1 change" : `${count} changes`;
  if (session.review.isParked)
    return [
      lens(`${changes} of Waybill ${count === 1 ? "waits" : "wait"}`, COMMANDS.showWaitingChanges),
      lens("Show Again", COMMANDS.showWaitingChanges),
      lens("Accept All", COMMANDS.acceptAllChanges),
      lens("Reject All", COMMANDS.rejectAllChanges),
    ];
  if (session.phase === "writing")
    return [
      lens(`$(loading~spin) ${session.status}`, COMMANDS.nextChange),
      lens("Cancel (Escape)", COMMANDS.cancelInlineEdit),
    ];
  return [
    lens(`${changes} · ${session.status}`, COMMANDS.nextChange),
    lens("Accept All", COMMANDS.acceptAllChanges),
    lens("Reject All", COMMANDS.rejectAllChanges),
    // In words the row would leave a narrow editor.
    { ...lens("$(arrow-down)", COMMANDS.nextChange), tooltip: "Next Change" },
    { ...lens("$(arrow-up)", COMMANDS.previousChange), tooltip: "Previous Change" },
    ...(session.wish === undefined ? [] : againCommands(session)),
  ];
}

/** Code that nobody asked for here cannot be asked for again. */
function againCommands({ rungs }: InlineSession): readonly Command[] {
  const { stronger } = strongerView(rungs.rung, rungs.ladder);
  return [
    lens("Refine…", COMMANDS.refineInlineEdit),
    ...(stronger === undefined ? [] : [lens(stronger.label, COMMANDS.strongerInlineEdit)]),
    lens("Other Model…", COMMANDS.otherModelInlineEdit),
  ];
}

function changeCommands(
  { document }: InlineSession,
  { id, name }: { readonly id: number; readonly name: string },
): readonly Command[] {
  const parameters = [document.uri.toString(), id];
  return [
    { ...lens(`$(check) Accept ${name}`, COMMANDS.acceptChange), arguments: parameters },
    { ...lens("$(close) Reject", COMMANDS.rejectChange), arguments: parameters },
  ];
}

function lens(title: string, command: CommandId): Command {
  return { title, command };
}
