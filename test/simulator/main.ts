import { parseArgs } from "node:util";

import { startSimulator } from "./startSimulator.ts";
import type { SimulatorOptions } from "./simulatorOptions.ts";

/** Runs a simulator of its own: prints one JSON line with `baseUrl` and `key`, and ends on SIGTERM or SIGINT. */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "tokens-per-second": { type: "string" },
    instant: { type: "boolean", default: false },
  },
});

const simulator = await startSimulator({ port: Number(values.port), ...paceOption() });
process.stdout.write(`${JSON.stringify({ baseUrl: simulator.baseUrl, key: simulator.key })}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void simulator.close());
}

function paceOption(): Pick<SimulatorOptions, "pace"> {
  if (values.instant) return { pace: "instant" };
  const tokensPerSecond = Number(values["tokens-per-second"] ?? "0");
  return tokensPerSecond > 0 ? { pace: { tokensPerSecond, firstTokenMs: 350 } } : {};
}
