import { DisposableStore } from "../../src/extension/platform/disposableStore.ts";
import type { ExtensionServices } from "../../src/extension/platform/extensionServices.ts";
import type { ChatStore } from "../../src/store/chatStore.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";

interface ServiceRecords {
  /** What was asked of the engine and written to the store, by the names of their methods. */
  readonly done: string[];
  /** The events in the log. */
  readonly logged: string[];
  readonly runTurn?: () => AsyncIterable<TurnEvent>;
  /** What the workspace remembers. */
  readonly state?: Map<string, unknown>;
}

/** Notes what is asked of the engine and written to the store; looking at chats is free. */
export function servicesWith(
  store: ChatStore,
  { done, logged, runTurn = async function* () {}, state = new Map() }: ServiceRecords,
): ExtensionServices {
  const reading = ["otherWrites", "readMessages", "latestChat", "readChat", "listChats"];
  const watchedStore = watched(store, (name) => {
    if (!reading.includes(name)) done.push(name);
  });
  const engine = watched(
    {
      chats: async () => watchedStore,
      prepare: () => undefined,
      runTurn,
      noteOutcome: async () => undefined,
    },
    (name) => {
      if (name !== "chats" && name !== "prepare") done.push(name);
    },
  );
  const listen = () => ({ dispose: () => undefined });
  const nothing = () => undefined;
  const services = {
    context: {
      workspaceState: {
        get: (key: string) => state.get(key),
        update: async (key: string, value: unknown) => void state.set(key, value),
      },
    },
    log: { info: nothing, warn: (event: string) => logged.push(event), error: (event: string) => logged.push(event) },
    settings: () => ({
      gatewayUrl: undefined,
      invalid: [],
      autoTitle: false,
      sendsInstructions: true,
      sendsNearby: true,
      masksSecrets: true,
    }),
    keys: { onDidChange: listen },
    engine: { get: async () => engine, mask: (text: string) => ({ text, count: 0 }) },
    spend: {
      ...{ onDidChange: listen, onDidSettle: listen },
      ...{
        refresh: async () => undefined,
        refreshKnown: async () => undefined,
        noteChat: nothing,
        noteWaybill: nothing,
      },
    },
    disposables: new DisposableStore(),
    proposals: async () => done.push("proposals"),
    inlineEdits: async () => done.push("inlineEdits"),
  };
  return services as never;
}

/** Tells of every method that is taken from the object, also of those that it lacks. */
function watched<T extends object>(target: T, note: (name: string) => void): T {
  return new Proxy(target, {
    get: (object, name) => {
      if (typeof name === "string" && name !== "then") note(name);
      return Reflect.get(object, name) as unknown;
    },
  });
}
