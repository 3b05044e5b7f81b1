import { EventEmitter, type TextDocumentContentProvider, Uri } from "vscode";
import { PROPOSAL_SCHEME } from "../../platform/contributions.ts";

/** The right sides of the proposals' diffs: read-only documents whose text changes while the answer arrives. */
export class ProposalDocuments implements TextDocumentContentProvider {
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #texts = new Map<string, string>();

  /** A document beside `original`, with the same name so that it gets the same language. */
  create(original: Uri, proposalId: string, text: string): Uri {
    const uri = Uri.from({ scheme: PROPOSAL_SCHEME, path: original.path, query: proposalId });
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
