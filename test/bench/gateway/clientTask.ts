import { z } from "zod";

/**
 * What a client's process is asked to do: read an answer so many times, one after the other. `watch-heap` forces a garbage
 * collection after each.
 */
export const clientTaskSchema = z.object({
  kind: z.enum(["time", "watch-heap"]),
  answer: z.object({ chunks: z.int(), pieceBytes: z.int(), aheadMs: z.int() }),
  times: z.int(),
});

/** Of each reading, in milliseconds. `cpuMs` is that of the whole process, its garbage collector included. */
export const timingsSchema = z.array(z.object({ totalMs: z.number(), firstTextMs: z.number(), cpuMs: z.number() }));

/** In bytes. The peak is the fullest that any garbage collection found the heap. */
export const heapWatchSchema = z.object({ afterEachBytes: z.array(z.number()), peakBytes: z.number() });

export type ClientTask = z.infer<typeof clientTaskSchema>;
export type Timing = z.infer<typeof timingsSchema>[number];
export type HeapWatch = z.infer<typeof heapWatchSchema>;
