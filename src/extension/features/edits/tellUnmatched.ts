import { Range, TextEditorRevealType, type Uri, window } from "vscode";
import { describeUnmatched } from "../../../core/edits/describeUnmatched.ts";
import type { Unmatched } from "../../../core/edits/planFileEdit.ts";

/** Says why an edit was not applied, and shows the place in the file that it may mean. */
export async function tellUnmatched(unmatched: Unmatched, name: string, uri: Uri | undefined): Promise<void> {
  const { nearest, lines } = unmatched;
  const first = nearest?.first ?? lines[0];
  const sentence = describeUnmatched(unmatched, name);
  if (uri === undefined || first === undefined) {
    void window.showWarningMessage(sentence);
    return;
  }
  if ((await window.showWarningMessage(sentence, "Show Place")) === undefined) return;
  const range = new Range(first, 0, nearest?.end ?? first + 1, 0);
  const editor = await window.showTextDocument(uri, { selection: range });
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
