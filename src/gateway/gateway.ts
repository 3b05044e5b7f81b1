import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { ChatEvent } from "./chatEvent.ts";
import type { ChatRequest } from "./chatRequest.ts";
import type { GenerationRecord } from "./readGeneration.ts";
import type { KeyStatus } from "./readKeyStatus.ts";

/** A model server. Every method rejects with `WaybillError`. */
export interface Gateway {
  /** For instance `https://openrouter.ai`. */
  readonly origin: string;
  /** For sentences, for instance `openrouter.ai`. */
  readonly host: string;
  /** How many models it takes in `models[]` besides the first. May change once the model list has been read. */
  readonly maxFallbackModels: number;
  /** Only `runTurn` may call this: a chat request needs a reservation. */
  streamChat(request: ChatRequest, signal: AbortSignal): AsyncIterable<readonly ChatEvent[]>;
  fetchCatalog(signal: AbortSignal): Promise<Catalog>;
  fetchKeyStatus(signal: AbortSignal): Promise<KeyStatus>;
  /** `undefined` while the gateway does not know the generation (yet). */
  fetchGeneration(generationId: string, signal: AbortSignal): Promise<GenerationRecord | undefined>;
}
