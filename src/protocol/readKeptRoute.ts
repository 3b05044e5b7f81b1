import * as z from "zod/mini";
import { toNanoUsd } from "../core/money/nanoUsd.ts";
import { type PresentedChoice, presentChoice, presentExcluded } from "../core/routing/presentRoute.ts";
import { describeTaskChoice } from "./describeTaskChoice.ts";
import type { RouteTable } from "./routingMessages.ts";

const amount = z.int().check(z.nonnegative());
const share = z.nullable(z.number());
const choice = z.tuple([z.string(), z.string(), amount, amount, share, share]);

const keptSchema = z.object({
  atMs: z.int(),
  task: z.tuple([z.string(), z.number()]),
  ladder: z.array(choice),
  standIns: z.array(choice),
  others: z.array(choice),
  leftOut: z.int(),
  excluded: z.record(z.string(), z.int()),
});

/** What `keepRoute` wrote, ready to show; `undefined` for any other text. `formatTime` says when it was, for a person. */
export function readKeptRoute(
  text: string,
  reasons: readonly string[],
  formatTime: (atMs: number) => string,
): RouteTable | undefined {
  const kept = parse(text);
  if (kept === undefined) return undefined;
  return {
    title: `As of ${formatTime(kept.atMs)}`,
    task: describeTaskChoice(...kept.task),
    reasons,
    ladder: kept.ladder.map(present),
    standIns: kept.standIns.map(present),
    others: kept.others.map(present),
    leftOut: kept.leftOut,
    excluded: presentExcluded(kept.excluded),
  };
}

function parse(text: string): z.infer<typeof keptSchema> | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function present([id, name, expectedCost, worstCase, quality, odds]: z.infer<typeof choice>): PresentedChoice {
  return presentChoice({
    model: { id, name },
    expectedCost: toNanoUsd(expectedCost),
    worstCase: toNanoUsd(worstCase),
    quality: quality ?? undefined,
    odds: odds ?? undefined,
  });
}
