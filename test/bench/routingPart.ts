import type { BenchReport } from "./benchReport.ts";
import { measureRoutingQuality } from "./routing/qualityReport.ts";
import { measureRoutingSpeed } from "./routing/speedReport.ts";

/** How long decisions take, and how good and dear they are on published results. */
export async function measureRouting(): Promise<BenchReport> {
  const speed = measureRoutingSpeed();
  const quality = await measureRoutingQuality();
  return {
    figures: [...speed.figures, ...quality.figures],
    tables: quality.tables ?? [],
    notes: [...speed.notes, ...quality.notes],
  };
}
