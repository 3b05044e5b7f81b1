import { type Disposable, Range, type TextEditor, type TextEditorDecorationType, ThemeColor, window } from "vscode";
import type { InlineReview } from "../../../core/inlineEdit/inlineReview.ts";

/**
 * Shows which lines an edit is about, which it removes and which it adds. Not by colour alone: removed lines are struck through, added
 * ones have a bar. High contrast themes have no colours for backgrounds, but for outlines, which other themes lack.
 */
export class ChangeDecorations implements Disposable {
  readonly #region: TextEditorDecorationType;
  readonly #removed: TextEditorDecorationType;
  readonly #added: TextEditorDecorationType;

  constructor() {
    const bar = { isWholeLine: true, borderStyle: "solid", borderWidth: "0 0 0 3px" };
    const outline = { outlineStyle: "dashed", outlineWidth: "1px" };
    this.#region = window.createTextEditorDecorationType({
      ...bar,
      backgroundColor: new ThemeColor("editor.rangeHighlightBackground"),
      borderColor: new ThemeColor("focusBorder"),
    });
    this.#removed = window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new ThemeColor("diffEditor.removedLineBackground"),
      textDecoration: "line-through",
      ...outline,
      outlineColor: new ThemeColor("diffEditor.removedTextBorder"),
      overviewRulerColor: new ThemeColor("editorOverviewRuler.deletedForeground"),
    });
    this.#added = window.createTextEditorDecorationType({
      ...bar,
      backgroundColor: new ThemeColor("diffEditor.insertedLineBackground"),
      borderColor: new ThemeColor("editorGutter.addedBackground"),
      ...outline,
      outlineColor: new ThemeColor("diffEditor.insertedTextBorder"),
      overviewRulerColor: new ThemeColor("editorOverviewRuler.addedForeground"),
    });
  }

  showRegion(editor: TextEditor, firstLine: number, count: number): void {
    editor.setDecorations(this.#region, lineRanges(firstLine, count));
  }

  showReview(editor: TextEditor, review: InlineReview): void {
    const pending = review.isParked ? [] : review.hunks().filter(({ state }) => state === "pending");
    const { firstLine } = review;
    editor.setDecorations(this.#region, []);
    editor.setDecorations(
      this.#removed,
      pending.flatMap(({ first, removed }) => lineRanges(firstLine + first, removed)),
    );
    editor.setDecorations(
      this.#added,
      pending.flatMap(({ first, removed, added }) => lineRanges(firstLine + first + removed, added)),
    );
  }

  clear(editor: TextEditor): void {
    for (const each of [this.#region, this.#removed, this.#added]) editor.setDecorations(each, []);
  }

  dispose(): void {
    for (const each of [this.#region, this.#removed, this.#added]) each.dispose();
  }
}

function lineRanges(first: number, count: number): Range[] {
  return count === 0 ? [] : [new Range(first, 0, first + count - 1, 0)];
}
