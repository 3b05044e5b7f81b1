import * as z from "zod/mini";
import type { BookScope, BookedSpend } from "./spendTotals.ts";

/** The sum of one book on one day. `name` is readable: a workspace, a key's name, a chat; empty for the person. */
export interface BookTotal {
  readonly scope: BookScope;
  readonly name: string;
  readonly day: string;
  readonly spent: number;
  readonly tokens: number;
}

export interface JournalTotals {
  readonly totals: readonly BookTotal[];
  /** What the journal knows as settled, by reservation. */
  readonly settled: ReadonlyMap<string, BookedSpend>;
}

const whole = z.number().check(z.int(), z.nonnegative());

/**
 * One settled cost; `before` is what a corrected one was until then. Older versions wrote neither key nor chat nor tokens
 * nor `before`.
 */
const entrySchema = z.object({
  reservationId: z.string(),
  day: z.string(),
  workspace: z.string(),
  keyLabel: z._default(z.string(), "default"),
  chat: z.optional(z.string()),
  cost: whole,
  tokens: z._default(whole, 0),
  before: z.optional(z.object({ spent: whole, tokens: whole })),
});

/** The sum of a book, in place of the lines of a month that is over. */
const totalSchema = z.object({
  scope: z.enum(["user", "workspace", "key", "chat"]),
  name: z.string(),
  day: z.string(),
  spent: whole,
  tokens: whole,
});

type Entry = z.infer<typeof entrySchema>;

/**
 * What was spent by book and day. The last line of a reservation counts; where its first one is a correction, the cost
 * before it is in the sums of a month that is over, and makes room. A line torn by a crash is passed over.
 */
export function readJournalTotals(texts: readonly string[]): JournalTotals {
  const entries = new Map<string, Entry>();
  const sums = new Map<string, BookTotal>();
  const add = (total: BookTotal) => {
    const key = JSON.stringify([total.scope, total.name, total.day]);
    const known = sums.get(key);
    sums.set(key, {
      ...total,
      spent: total.spent + (known?.spent ?? 0),
      tokens: total.tokens + (known?.tokens ?? 0),
    });
  };
  for (const line of texts.flatMap((text) => text.split("\n"))) {
    const value = parseLine(line);
    const entry = entrySchema.safeParse(value);
    if (entry.success) {
      const { reservationId: id } = entry.data;
      entries.set(id, { ...entry.data, before: (entries.get(id) ?? entry.data).before });
    }
    const total = totalSchema.safeParse(value);
    if (total.success) add(total.data);
  }
  for (const entry of entries.values()) for (const total of totalsOf(entry)) add(total);
  const settled = [...entries].map(([id, { cost: spent, tokens }]) => [id, { spent, tokens }] as const);
  return { totals: [...sums.values()], settled: new Map(settled) };
}

function totalsOf({ day, workspace, keyLabel, chat, cost, tokens, before }: Entry): readonly BookTotal[] {
  const sum = { day, spent: cost - (before?.spent ?? 0), tokens: tokens - (before?.tokens ?? 0) };
  return [
    { scope: "user", name: "", ...sum },
    { scope: "workspace", name: workspace, ...sum },
    { scope: "key", name: keyLabel, ...sum },
    ...(chat === undefined ? [] : [{ scope: "chat", name: chat, ...sum } as const]),
  ];
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
