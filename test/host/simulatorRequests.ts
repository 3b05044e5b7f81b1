/** A request as a gateway of this run has got it, without its headers: what fails is printed. */
export interface SeenRequest {
  readonly path: string;
  readonly body?: unknown;
}

/** Every request that a simulator has got so far. `variable` names the one that holds its address. */
async function seenBy(
  variable: "WAYBILL_SIMULATOR_BASE_URL" | "WAYBILL_STRANGE_BASE_URL",
): Promise<readonly SeenRequest[]> {
  const { origin } = new URL(process.env[variable] ?? "");
  const answer = await fetch(`${origin}/__simulator/requests`);
  const { requests } = (await answer.json()) as { readonly requests: readonly SeenRequest[] };
  return requests.map(({ path, body }) => ({ path, body }));
}

/** What the person's own gateway has got. */
export async function seenByGateway(): Promise<readonly SeenRequest[]> {
  return await seenBy("WAYBILL_SIMULATOR_BASE_URL");
}

/** What the gateway has got that the hostile folder names. */
export async function seenByStranger(): Promise<readonly SeenRequest[]> {
  return await seenBy("WAYBILL_STRANGE_BASE_URL");
}
