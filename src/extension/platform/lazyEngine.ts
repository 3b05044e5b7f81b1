import type { Engine, EngineOptions } from "./engine.ts";

/** Loads gateway, store and turn with the first use: most of the extension's code is there. */
export class LazyEngine {
  readonly #options: EngineOptions;
  #engine: Promise<Engine> | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get(): Promise<Engine> {
    this.#engine ??= import("../lateParts.ts").then(({ createEngine }) => createEngine(this.#options));
    return this.#engine;
  }

  /** Without an engine there is nothing in memory that could be of another key. */
  async expireCatalog(): Promise<void> {
    (await this.#engine)?.expireCatalog();
  }

  async close(): Promise<void> {
    await (await this.#engine)?.close();
  }
}
