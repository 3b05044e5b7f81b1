import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { CatalogAnswer, CatalogVersion } from "./catalogAnswer.ts";
import type { ChatEvent } from "./chatEvent.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { GenerationRecord } from "./readGeneration.ts";
import type { KeyStatus } from "./readKeyStatus.ts";

/** A model server. Every method rejects with `WaybillError`. */
export interface Gateway {
  /** For instance `https://openrouter.ai`. */
  readonly origin: string;
  /** Where its endpoints are, for instance `https://openrouter.ai/api/v1`. */
  readonly address: string;
  /** For sentences, for instance `openrouter.ai`. */
  readonly host: string;
  /** What the person calls the key that pays, `default` without a name. The same for as long as this object is used. */
  readonly keyName: string;
  /** How many models it takes in `models[]` besides the first. May change once the model list has been read. */
  readonly maxFallbackModels: number;
  /**
   * Only `runTurn` may call this: a chat request needs a reservation. `beforeLeaving` gets the body when everything else is
   * ready; the request does not leave before it is done, nor where it rejects.
   */
  streamChat(
    request: ChatRequest,
    signal: AbortSignal,
    beforeLeaving?: (body: string) => Promise<void>,
  ): AsyncIterable<readonly ChatEvent[]>;
  fetchCatalog(signal: AbortSignal): Promise<Catalog>;
  /** The model list, unless it is still the `known` one. */
  refreshCatalog(known: CatalogVersion | undefined, signal: AbortSignal): Promise<CatalogAnswer>;
  /** Reads a list that `refreshCatalog` gave, and learns from it what the gateway understands. Throws `protocol`. */
  openCatalog(text: string, fetchedAtMs: number): Catalog;
  /** This machine's own, where models come and go at any moment. */
  readonly isLocal: boolean;
  /** Whether it tells who serves a model. May change once the model list has been read. */
  readonly hasEndpoints: boolean;
  /** The JSON of an answer that is neither the model list nor a chat; `path` is below `address`. */
  lookUp(path: string, signal: AbortSignal): Promise<unknown>;
  fetchKeyStatus(signal: AbortSignal): Promise<KeyStatus>;
  /** `undefined` while the gateway does not know the generation (yet). */
  fetchGeneration(generationId: string, signal: AbortSignal): Promise<GenerationRecord | undefined>;
}
