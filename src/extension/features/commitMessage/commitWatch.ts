import type { Disposable } from "vscode";
import { commitVerdict } from "../../../core/commit/commitVerdict.ts";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import type { GitRepository } from "../../platform/gitRepositories.ts";

/** A message that waits for what becomes of it. */
export interface SuggestedMessage {
  readonly turnId: string;
  readonly message: string;
  /** What the person had typed before, for another try. */
  readonly before: string;
}

interface Watched extends SuggestedMessage {
  readonly repository: GitRepository;
  /** The commit that the next one follows; `undefined` before the first. */
  readonly head: string | undefined;
  readonly listening: readonly Disposable[];
}

/** Tells what became of suggested messages: the next commit says it, made in the editor or elsewhere. */
export class CommitWatch implements Disposable {
  readonly #report: (turnId: string, kind: OutcomeKind) => void;
  /** One a repository. */
  readonly #watched = new Map<string, Watched>();

  constructor(report: (turnId: string, kind: OutcomeKind) => void) {
    this.#report = report;
  }

  watch(repository: GitRepository, suggested: SuggestedMessage): void {
    const key = repository.rootUri.toString();
    this.#forget(key);
    const look = () => void this.#look(key);
    const listening = [repository.onDidCommit(look), repository.state.onDidChange(look)];
    this.#watched.set(key, { ...suggested, repository, head: repository.state.HEAD?.commit, listening });
  }

  /** The message that stands in the repository's box as it was suggested. */
  standing({ rootUri, inputBox }: GitRepository): SuggestedMessage | undefined {
    const watched = this.#watched.get(rootUri.toString());
    return watched !== undefined && inputBox.value.trim() === watched.message ? watched : undefined;
  }

  /** A verdict that needs no commit; `turnId`: only where it is this turn's message that waits. */
  give({ rootUri }: GitRepository, kind: OutcomeKind, turnId?: string): void {
    const key = rootUri.toString();
    const watched = this.#watched.get(key);
    if (watched === undefined || (turnId !== undefined && watched.turnId !== turnId)) return;
    this.#forget(key);
    this.#report(watched.turnId, kind);
  }

  dispose(): void {
    for (const key of [...this.#watched.keys()]) this.#forget(key);
  }

  async #look(key: string): Promise<void> {
    const watched = this.#watched.get(key);
    if (watched === undefined || watched.repository.state.HEAD?.commit === watched.head) return;
    const [commit] = await watched.repository.log({ maxEntries: 1 }).catch(() => []);
    // Two events may come of one commit.
    if (commit === undefined || commit.hash === watched.head || this.#watched.get(key) !== watched) return;
    this.#forget(key);
    const verdict = commitVerdict(watched.message, commit.message);
    const follows = watched.head === undefined || commit.parents.includes(watched.head);
    // Another branch, or a commit that was amended: only a message that is ours tells anything.
    if (follows || verdict !== "rejected") this.#report(watched.turnId, verdict);
  }

  #forget(key: string): void {
    for (const each of this.#watched.get(key)?.listening ?? []) each.dispose();
    this.#watched.delete(key);
  }
}
