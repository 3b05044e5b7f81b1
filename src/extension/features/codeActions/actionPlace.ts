import { type TextDocument, workspace } from "vscode";
import type { ActionPlace } from "../../../core/actions/editorAction.ts";

/** Documents without a file system behind them that can be written all the same. */
const WRITTEN_BY_EDITOR: ReadonlySet<string> = new Set(["untitled", "vscode-notebook-cell"]);

/** What the editor knows of a document without asking anyone. */
export function actionPlace({ languageId, uri }: TextDocument): ActionPlace {
  const isWritable = WRITTEN_BY_EDITOR.has(uri.scheme) || workspace.fs.isWritableFileSystem(uri.scheme) === true;
  return { languageId, path: uri.path, isWritable };
}
