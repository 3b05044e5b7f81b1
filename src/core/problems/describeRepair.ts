import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";

/** What was mended when the ledger was opened, as a sentence for the person. */
export function describeRepair({
  kind,
  regained,
}: {
  readonly kind: "rebuilt" | "behind";
  readonly regained: NanoUsd;
}): string {
  const what =
    kind === "rebuilt"
      ? "The ledger was missing and was started anew from its journal"
      : "The ledger was older than its journal, as if an old copy had been put back, and was brought up to it";
  return `${what}: ${formatUsd(regained)} counts as spent again, so no budget opened. Nothing has to be done.`;
}
