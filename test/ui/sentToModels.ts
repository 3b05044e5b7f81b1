import type { Simulator } from "../simulator/startSimulator.ts";

/** The bodies of all requests to models, oldest first. */
export function sentToModels({ requests }: Simulator): readonly string[] {
  return requests.filter(({ path }) => path.endsWith("/chat/completions")).map(({ body }) => JSON.stringify(body));
}
