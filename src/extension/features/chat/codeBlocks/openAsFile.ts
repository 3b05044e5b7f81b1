import { languages, window, workspace } from "vscode";
import { editorLanguage } from "../../../../core/edits/editorLanguage.ts";
import { linesOfCode } from "../../../../core/edits/reindentCode.ts";

/** Opens the code as a document that is not on the disk yet. Touches nothing of the workspace. */
export async function openAsFile(code: string, fenceName: string): Promise<boolean> {
  const language = editorLanguage(fenceName);
  const isKnown = (await languages.getLanguages()).includes(language);
  const content = `${linesOfCode(code).join("\n")}\n`;
  await window.showTextDocument(await workspace.openTextDocument({ content, ...(isKnown ? { language } : {}) }));
  return true;
}
