import type { Disposable } from "vscode";

/** Disposes what was added, in reverse order. What is added after the disposal is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #disposables: Disposable[] = [];
  #isDisposed = false;

  add<T extends Disposable>(disposable: T): T {
    if (this.#isDisposed) disposable.dispose();
    else this.#disposables.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const disposable of this.#disposables.splice(0).toReversed()) disposable.dispose();
  }
}
