import { type Uri, languages, workspace } from "vscode";

/** Lets a document have the language of another whose name does not tell it: a cell, or one that was never saved. */
export async function adoptLanguage(uri: Uri, languageId: string | undefined): Promise<void> {
  if (languageId === undefined) return;
  const document = await workspace.openTextDocument(uri);
  if (document.languageId !== languageId) await languages.setTextDocumentLanguage(document, languageId);
}
