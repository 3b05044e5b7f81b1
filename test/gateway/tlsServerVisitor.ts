// A process of its own, because Node reads NODE_EXTRA_CA_CERTS and NODE_USE_ENV_PROXY at its start only. Asks for the URL
// it is given through both transports and prints what came of it, as one line of JSON.
import { createDirectTransport } from "../../src/gateway/directTransport.ts";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";
import { toNetworkError } from "../../src/gateway/networkError.ts";
import type { Transport } from "../../src/gateway/transport.ts";

/** What came of it by each transport: a status, or the code and detail of the error. */
export type Outcomes = Readonly<Record<"direct" | "host", Outcome>>;

interface Outcome {
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string | undefined;
}

const url = process.argv[2] ?? "";
const direct = createDirectTransport();
const outcomes: Outcomes = { direct: await visit(direct.send), host: await visit(createHostTransport()) };
await direct.close();
process.stdout.write(`${JSON.stringify(outcomes)}\n`);

async function visit(transport: Transport): Promise<Outcome> {
  try {
    const response = await transport({ url, method: "GET", headers: {}, signal: AbortSignal.timeout(10_000) });
    for await (const chunk of response.body) void chunk;
    return { status: response.status };
  } catch (error) {
    const { code, detail } = toNetworkError(error);
    return { code, detail };
  }
}
