import * as z from "zod/mini";
import { isAborted, toWaybillError } from "../core/errors/waybillError.ts";
import { endpointUrl } from "./endpointUrl.ts";
import { type RequestTiming, requestJson } from "./sendRequest.ts";
import type { Transport } from "./transport.ts";

export interface LocalServerPlace {
  /** What usually listens there. */
  readonly name: string;
  /** For instance `http://127.0.0.1:11434/v1`. */
  readonly baseUrl: string;
}

export interface LocalServer extends LocalServerPlace {
  readonly models: readonly string[];
}

/** Where model servers listen unless they are told otherwise. Source: the documentation of each. */
export const LOCAL_SERVER_PLACES: readonly LocalServerPlace[] = [
  { name: "Ollama", baseUrl: "http://127.0.0.1:11434/v1" },
  { name: "LM Studio", baseUrl: "http://127.0.0.1:1234/v1" },
  { name: "vLLM", baseUrl: "http://127.0.0.1:8000/v1" },
  { name: "llama.cpp", baseUrl: "http://127.0.0.1:8080/v1" },
];

/** A server of this machine answers at once, or is not there. */
const TIMEOUTS: RequestTiming["timeouts"] = { headMs: 1_500, idleMs: 1_500, totalMs: 3_000 };

const listSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** Those that answer with a model list. They are asked for it without a key. Rejects with `aborted` only. */
export async function findLocalServers(
  transport: Transport,
  places: readonly LocalServerPlace[],
  signal: AbortSignal,
): Promise<readonly LocalServer[]> {
  const found = await Promise.all(places.map((place) => askForModels(transport, place, signal)));
  return found.flatMap((server) => (server === undefined ? [] : [server]));
}

async function askForModels(
  transport: Transport,
  place: LocalServerPlace,
  signal: AbortSignal,
): Promise<LocalServer | undefined> {
  const url = endpointUrl(new URL(place.baseUrl), "/models");
  try {
    const answer = await requestJson(
      transport,
      { url, method: "GET", headers: {}, signal },
      { timeouts: TIMEOUTS, now: () => 0 },
    );
    const parsed = listSchema.safeParse(answer);
    return parsed.success ? { ...place, models: parsed.data.data.map(({ id }) => id) } : undefined;
  } catch (error) {
    if (isAborted(error)) throw toWaybillError(error);
    return undefined;
  }
}
