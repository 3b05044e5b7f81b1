import { EventEmitter, type TextDocumentContentProvider, Uri } from "vscode";
import { PROPOSAL_SCHEME } from "../../platform/contributions.ts";

/** The right sides of the proposals' diffs: read-only documents whose text changes while the answer arrives. */
export class ProposalDocuments implements TextDocumentContentProvider {
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #texts = new Map<string, string>();

  /**
   * A document beside `original`, with the same name so that it gets the same language. A cell of a notebook has the notebook's
   * name, with which the editor would show two notebooks.
   */
  create(original: Uri, proposalId: string, text: string): Uri {
    const path = original.path.replace(/\.ipynb$/i, "");
    const uri = Uri.from({ scheme: PROPOSAL_SCHEME, path, query: proposalId });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  update(uri: Uri, text: string): void {
    if (this.#texts.get(uri.toString()) === text) return;
    this.#texts.set(uri.toString(), text);
    this.#changes.fire(uri);
  }

  remove(uri: Uri): void {
    this.#texts.delete(uri.toString());
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
