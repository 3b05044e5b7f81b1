import { type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, commands, workspace } from "vscode";
import { COMPARISON_SCHEME } from "../../platform/contributions.ts";

/** The models that are held against each other in this window, and the read-only page that shows them. */
export class ComparisonDocument implements TextDocumentContentProvider {
  /** In the order they were added; lives as long as the window, so that the list can be closed in between. */
  readonly modelIds = new Set<string>();
  readonly #uri = Uri.from({ scheme: COMPARISON_SCHEME, path: "/Model Comparison.md" });
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #registration: Disposable;
  /** The editor opens the page again after a reload, when nothing is compared yet. */
  #text = "Nothing is compared in this window. **Waybill: Browse Models** has a button for it on every model.\n";

  constructor() {
    this.#registration = workspace.registerTextDocumentContentProvider(COMPARISON_SCHEME, this);
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
