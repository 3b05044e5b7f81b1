import type { Engine, EngineOptions } from "./engine.ts";

/** Loads gateway, store and turn with the first use: most of the extension's code is there. */
export class LazyEngine {
  readonly #options: EngineOptions;
  #engine: Promise<Engine> | undefined;
  #loaded: Engine | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get(): Promise<Engine> {
    this.#engine ??= import("../lateParts.ts").then(({ createEngine }) => (this.#loaded = createEngine(this.#options)));
    return this.#engine;
  }

  /** A text as it would leave. Before the engine is loaded nothing is known; what leaves has gone through it in any case. */
  mask(text: string): ReturnType<Engine["mask"]> {
    return this.#loaded?.mask(text) ?? { text, count: 0 };
  }

  /** Without an engine there is nothing in memory that could be of another key. */
  async expireCatalog(): Promise<void> {
    (await this.#engine)?.expireCatalog();
  }

  async close(): Promise<void> {
    await (await this.#engine)?.close();
  }
}
