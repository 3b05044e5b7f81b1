import type { ShownHunk } from "../../../core/inlineEdit/reviewPieces.ts";
import type { InlineSession } from "./inlineSession.ts";
import { editorOf } from "./regionWriter.ts";

/** The change at the cursor, else the next below it, else the last. One that is still growing is none. */
export function currentHunk(session: InlineSession): ShownHunk | undefined {
  const line = cursorLine(session);
  const closed = session.pending.filter(({ isOpen }) => !isOpen);
  return closed.find(({ first, removed, added }) => line < first + removed + added) ?? closed.at(-1);
}

/** Puts the cursor on the next change, or the one before; after the last comes the first. */
export async function stepToHunk(session: InlineSession, by: 1 | -1): Promise<void> {
  const line = cursorLine(session);
  const { pending } = session;
  const next = by === 1 ? pending.find(({ first }) => first > line) : pending.findLast(({ first }) => first < line);
  const hunk = next ?? (by === 1 ? pending[0] : pending.at(-1));
  if (hunk !== undefined) session.reveal(hunk);
}

/** In lines of the region. */
function cursorLine({ document, review }: InlineSession): number {
  return (editorOf(document)?.selection.active.line ?? 0) - review.firstLine;
}
