import { window, workspace } from "vscode";
import { writeText } from "../edits/writeText.ts";
import type { InlineSession } from "./inlineSession.ts";

/**
 * An untitled document that is saved is copied into a file without anybody being asked before, with the changes that wait in it.
 * They are taken out of that file; to be called with the session of a document that was closed.
 */
export async function mendSavedUntitled(session: InlineSession): Promise<void> {
  const { document, review } = session;
  if (!document.isUntitled || review.isParked) return;
  const [shown, decided] = [document.getText(), session.textWith(review.decidedLines())];
  if (shown === decided) return;
  const saved = workspace.textDocuments.find((other) => !other.isUntitled && other.getText() === shown);
  if (saved === undefined || !(await writeText(saved, decided))) return;
  await saved.save();
  const name = workspace.asRelativePath(saved.uri, false);
  void window.showInformationMessage(
    `${name} was saved while changes waited for your word, so they were taken out of it. Undo shows them as text; or ask again.`,
  );
}
