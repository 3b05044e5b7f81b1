import assert from "node:assert/strict";

const WITHIN_MS = 20_000;

/** Waits for something that the editor does in its own time. */
export async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!(await isDone())) {
    assert.ok(Date.now() < deadline, "it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The last question to a model, as the gateway has got it. */
export async function lastAsked(): Promise<string> {
  const origin = new URL(process.env["WAYBILL_SIMULATOR_BASE_URL"] ?? "").origin;
  const answer = await fetch(`${origin}/__simulator/requests`);
  const { requests } = (await answer.json()) as { readonly requests: readonly { readonly path: string }[] };
  return JSON.stringify(requests.findLast(({ path }) => path.endsWith("/chat/completions")) ?? {});
}
