import type { Figure } from "../figure.ts";
import { median } from "../percentile.ts";
import type { HeapWatch } from "./clientTask.ts";

/** How many answers at the start are compared with as many at the end. */
const COMPARED = 10;

/** The heap of one client over many answers: what stays after each, and what is there at most. */
export function heapFigures(title: string, { afterEachBytes, peakBytes }: HeapWatch, ratioAtMost?: number): Figure[] {
  const first = median(afterEachBytes.slice(0, COMPARED));
  const last = median(afterEachBytes.slice(-COMPARED));
  return [
    { what: `Heap, median after answers 1 to ${COMPARED}: ${title}`, value: first, unit: "bytes" },
    {
      what: `Heap, median after the last ${COMPARED} of ${afterEachBytes.length}: ${title}`,
      value: last,
      unit: "bytes",
      ratio: last / first,
      ...(ratioAtMost === undefined ? {} : { ratioAtMost }),
    },
    { what: `Heap, at most: ${title}`, value: peakBytes, unit: "bytes" },
  ];
}
