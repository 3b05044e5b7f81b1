import { type TextDocument, type TextEditor, window, workspace } from "vscode";
import { type KeptBy, describeKept } from "../../../../core/context/sendRule.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import { whyKept } from "../../outgoing/sendGate.ts";
import { selectedCode } from "../selectionContext.ts";

/** While the cursor moves in one document, its rules are not read more often. */
const JUDGED_FOR_MS = 1_000;

interface Judged {
  readonly document: TextDocument;
  /** The same document may become a text of another kind. */
  readonly languageId: string;
  readonly atMs: number;
  readonly kept: KeptBy | undefined;
}

/**
 * What is selected in the editor, once it is known whether it may leave this machine: before that it is neither shown nor sent.
 * What may not is there without its text, so that the person sees why it does not go along.
 */
export class EditorSelection {
  readonly #changed: () => void;
  #judged: Judged | undefined;

  /** `changed` is told when more is known of what is selected. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  code(): CodeContext | undefined {
    const editor = window.activeTextEditor;
    const judged = this.#judgedOf(editor);
    if (editor === undefined || judged === undefined) return undefined;
    const { kept } = judged;
    if (kept === undefined) return selectedCode(editor);
    if (editor.selection.isEmpty || kept.kind === "restricted") return undefined;
    const name = workspace.asRelativePath(editor.document.uri, false);
    const note = `left out: ${name} ${describeKept(kept)}`;
    return { label: name, languageId: editor.document.languageId, text: "", note, diagnostics: [] };
  }

  /** The selection, the editor, or a rule may have changed. */
  note(): void {
    const editor = window.activeTextEditor;
    if (editor === undefined || editor.selection.isEmpty) return;
    const judged = this.#judgedOf(editor);
    if (judged !== undefined && Math.abs(Date.now() - judged.atMs) < JUDGED_FOR_MS) return;
    void this.settle();
  }

  /** Looks at the rules as they are now; to be waited for before anything is sent. Never rejects. */
  async settle(): Promise<void> {
    const editor = window.activeTextEditor;
    if (editor === undefined || editor.selection.isEmpty) return;
    const { document } = editor;
    const { languageId } = document;
    try {
      const kept = await whyKept(document);
      this.#judged = { document, languageId, atMs: Date.now(), kept };
    } catch {
      this.#judged = undefined;
    }
    this.#changed();
  }

  /** What is known of the document in the editor. */
  #judgedOf(editor: TextEditor | undefined): Judged | undefined {
    const judged = this.#judged;
    const isSame = judged?.document === editor?.document && judged?.languageId === editor?.document.languageId;
    return isSame ? judged : undefined;
  }
}
