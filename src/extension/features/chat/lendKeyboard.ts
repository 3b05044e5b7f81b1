import { TextEditorSelectionChangeKind, window } from "vscode";

/** What a click does is told only after the box it closed. */
const CLICK_IS_TOLD_WITHIN_MS = 50;

/**
 * Lets a box or a list of the editor have the keyboard. When it is closed, the editor would keep it; so it is given back, unless the
 * person has gone to another place meanwhile, by which such a box is closed, too.
 */
export async function lendKeyboard<T>(giveBack: () => Promise<void>, work: () => PromiseLike<T>): Promise<T> {
  let hasLeft = false;
  const leave = () => void (hasLeft = true);
  const watches = [
    window.onDidChangeActiveTextEditor(leave),
    window.onDidChangeActiveTerminal(leave),
    window.onDidChangeTextEditorSelection(({ kind }) => kind === TextEditorSelectionChangeKind.Mouse && leave()),
  ];
  try {
    return await work();
  } finally {
    setTimeout(() => {
      for (const watch of watches) watch.dispose();
      if (!hasLeft) void giveBack();
    }, CLICK_IS_TOLD_WITHIN_MS);
  }
}
