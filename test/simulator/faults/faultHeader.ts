import { faultsSchema } from "./fault.ts";
import type { SingleFault } from "./fault.ts";
import { spread } from "./faultQueue.ts";

/** Name of the header that scripts the faults of its own request. */
export const FAULT_HEADER = "x-simulator-fault";

export type HeaderFaults =
  | { readonly kind: "faults"; readonly faults: readonly SingleFault[] }
  | { readonly kind: "invalid"; readonly message: string };

/** Reads the header: URL-encoded JSON of one fault or of several, all for this request. */
export function readFaultHeader(value: string): HeaderFaults {
  const parsed = faultsSchema.safeParse(decode(value));
  if (!parsed.success) return { kind: "invalid", message: `${FAULT_HEADER}: ${parsed.error.message}` };
  const faults = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  return { kind: "faults", faults: faults.flatMap((fault) => spread(fault)) };
}

function decode(value: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(value));
  } catch {
    return undefined;
  }
}
