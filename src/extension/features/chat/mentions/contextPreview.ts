import { type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from "vscode";
import { contextText } from "../../../../core/conversation/buildMessages.ts";
import type { CodeContext } from "../../../../core/conversation/conversationMessage.ts";
import { CONTEXT_SCHEME } from "../../../platform/contributions.ts";

/** Read-only documents that hold what goes along with a question, byte for byte as it is sent. */
export class ContextPreview implements TextDocumentContentProvider {
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  /** By address; forgotten when the editor closes the document. */
  readonly #texts = new Map<string, string>();
  readonly #registrations: readonly Disposable[];

  constructor() {
    this.#registrations = [
      workspace.registerTextDocumentContentProvider(CONTEXT_SCHEME, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  async show(code: CodeContext): Promise<void> {
    const name = code.label.replaceAll(/[\\/:?#]+/g, " ").trim();
    const uri = Uri.from({ scheme: CONTEXT_SCHEME, path: `/Sent along - ${name}.md`, query: code.id ?? code.label });
    this.#texts.set(uri.toString(), contextText(code));
    this.#changes.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#changes.dispose();
  }
}
