import { CHAT_CLIENTS, type ChatClientName } from "./chatClient.ts";

/** A value for each client. */
export type PerClient<Value> = Readonly<Record<ChatClientName, Value>>;

/** Measures one client after the other. */
export async function eachClient<Value>(measure: (name: ChatClientName) => Promise<Value>): Promise<PerClient<Value>> {
  const entries: [ChatClientName, Value][] = [];
  for (const name of CHAT_CLIENTS) entries.push([name, await measure(name)]);
  return Object.fromEntries(entries) as PerClient<Value>;
}
