import { type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, commands, workspace } from "vscode";

/** A read-only page of ours, shown as the editor's Markdown preview. */
export class MarkdownPage implements TextDocumentContentProvider {
  readonly #uri: Uri;
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #registration: Disposable;
  #text: string;

  /** `empty` is what stands there after a reload, when the editor opens the page again by itself. */
  constructor({ scheme, name, empty }: { scheme: string; name: string; empty: string }) {
    this.#uri = Uri.from({ scheme, path: `/${name}.md` });
    this.#text = empty;
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async show(markdown: string): Promise<void> {
    this.#text = markdown;
    this.#changes.fire(this.#uri);
    await commands.executeCommand("markdown.showPreview", this.#uri);
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }
}
