import type { WaybillError } from "../core/errors/waybillError.ts";
import { providerSlug } from "../core/routing/providerSlug.ts";
import { CircuitBreaker } from "./circuitBreaker.ts";

/** Who served, or failed to. The provider is its display name, as the gateway tells it. */
export interface ServingParty {
  readonly modelId: string;
  readonly provider: string | undefined;
}

/** Which models and providers have failed again and again, so that they are not asked for a while. */
export class ServiceHealth {
  readonly #models = new CircuitBreaker();
  readonly #providers = new CircuitBreaker();
  /** Providers that failed once; each is asked about with every request, and there are few. */
  readonly #failedProviders = new Set<string>();

  /** Until when a model should not be asked; `undefined` for one that may. */
  openUntilMs(modelId: string, nowMs: number): number | undefined {
    return this.#models.openUntilMs(modelId, nowMs);
  }

  /** Slugs for `provider.ignore`. */
  openProviders(nowMs: number): readonly string[] {
    return [...this.#failedProviders].filter((slug) => this.#providers.isOpen(slug, nowMs));
  }

  /** Right before sending: of those that may try whether a model works again, only the first is let through. */
  noteAsked(modelId: string, nowMs: number): void {
    this.#models.take(modelId, nowMs);
  }

  noteSuccess({ modelId, provider }: ServingParty): void {
    this.#models.noteSuccess(modelId);
    if (provider === undefined) return;
    this.#providers.noteSuccess(providerSlug(provider));
    this.#failedProviders.delete(providerSlug(provider));
  }

  /** Counts only what tells of the service; a refused key or a broken connection here says nothing of it. */
  noteFailure({ modelId, provider }: ServingParty, { code }: WaybillError, nowMs: number): void {
    if (code !== "provider-down" && code !== "overloaded" && code !== "timeout") return;
    this.#models.noteFailure(modelId, nowMs);
    if (provider === undefined) return;
    this.#providers.noteFailure(providerSlug(provider), nowMs);
    this.#failedProviders.add(providerSlug(provider));
  }
}
