import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetDay } from "../../src/core/budget/budgetPeriod.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import {
  type CertaintySums,
  ROW_KINDS,
  type RowFilter,
  type RowKind,
  type RowPlace,
  type SpendRow,
} from "../../src/core/spend/spendRow.ts";
import {
  type DayRange,
  type DaySums,
  SPEND_DIMENSIONS,
  type SpendDimension,
  addSums,
  sumByValue,
} from "../../src/core/spend/spendSums.ts";
import { COST_SOURCES } from "../../src/core/waybill/costSource.ts";
import type { SpendHistory } from "../../src/store/spendHistory.ts";
import { type PlainRequest, settleAll } from "./spendLedger.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder } from "./storeFolder.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ALL: DayRange = { firstDay: "2000-01-01", lastDay: "2099-12-31" };
const RUNS = 25;

const requestArbitrary = fc
  .record({
    day: fc.nat({ max: 9 }),
    model: fc.constantFrom("a/small", "b/large", "c/other"),
    provider: fc.constantFrom("P", "Q", undefined),
    task: fc.constantFrom("fix", "explain", "question"),
    surface: fc.constantFrom("chat", "fix"),
    workspace: fc.constantFrom("file:///one", "file:///two"),
    key: fc.constantFrom("default", "work"),
    promptTokens: fc.nat({ max: 5000 }),
    completionTokens: fc.nat({ max: 900 }),
    cachedTokens: fc.constantFrom(0, 7),
    costNano: fc.nat({ max: 9_000_000 }),
    costSource: fc.constantFrom("billed", "estimated"),
    finish: fc.constantFrom("complete", "stopped", "failed"),
    isAccepted: fc.boolean(),
    partly: fc.constantFrom(undefined, null, { accepted: 1, proposed: 4 }, { accepted: 6, proposed: 8 }),
  })
  .map(({ day, ...request }): PlainRequest => ({ ...request, atMs: NOON_MS + day * DAY_MS }));

/** Days never go back, so requests come in their order. */
const requestsArbitrary = fc
  .array(requestArbitrary, { maxLength: 18 })
  .map((requests) => requests.toSorted((left, right) => left.atMs - right.atMs));

const rangeArbitrary = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).map(([first, length]) => ({
  firstDay: budgetDay(NOON_MS + first * DAY_MS),
  lastDay: budgetDay(NOON_MS + (first + length) * DAY_MS),
}));

describe("the history of spending", function () {
  this.timeout(120_000);

  it("has the sums, rows and findings of a plain list, whatever the period, dimension and filter", async () => {
    const kinds = fc.constantFrom<RowKind | undefined>(undefined, ...ROW_KINDS);
    const wish = fc.record({ range: rangeArbitrary, dimension: fc.constantFrom(...SPEND_DIMENSIONS), kind: kinds });
    await fc.assert(
      fc.asyncProperty(requestsArbitrary, wish, async (requests, { range, dimension, kind }) => {
        await withHistory(requests, async (history) => {
          const inRange = requests.filter((request) => isWithin(request, range));
          assert.deepEqual(byDay(await history.sums(range, dimension)), byDay(plainSums(inRange, dimension)));
          const value = valueOf(inRange[0] ?? plainRequest(), dimension);
          const filter: RowFilter = { ...range, by: { dimension, value }, kind };
          const expected = inRange.filter((each) => valueOf(each, dimension) === value && isOfKind(each, kind));
          assert.deepEqual(
            (await allPages(history, filter)).map(describeRow),
            expected.toReversed().map(describePlain),
          );
          const findings = await history.findings(range, new AbortController().signal);
          const dearest = inRange.map(({ costNano }) => costNano).filter((cost) => cost > 0);
          assert.deepEqual(
            findings?.dearest.map(({ costNano }) => costNano),
            dearest.toSorted((left, right) => right - left).slice(0, 10),
          );
          for (const source of COST_SOURCES) {
            const own = inRange.filter(({ costSource }) => costSource === source);
            const found: CertaintySums | undefined = findings?.certainty.find((sums) => sums.source === source);
            assert.equal(found?.count ?? 0, own.length);
            assert.equal(
              found?.costNano ?? 0,
              own.reduce((sum, { costNano }) => sum + costNano, 0),
            );
          }
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("forgets exactly the period; no sum of money and no limit changes", async () => {
    const kind = fc.constantFrom("delete" as const, "anonymise" as const);
    await fc.assert(
      fc.asyncProperty(requestsArbitrary, rangeArbitrary, kind, async (requests, range, how) => {
        await withHistory(requests, async (history, folder) => {
          const ledger = await folder.openLedger();
          const limits = [dailyLimit("user", toNanoUsd(1e15)), dailyLimit("workspace", toNanoUsd(1e15))];
          const before = await ledger.standings(PLACE, limits, NOON_MS);
          const [byModel, byWorkspace] = [await history.sums(ALL, "model"), await history.sums(ALL, "workspace")];
          const forgotten = requests.filter((request) => isWithin(request, range));
          assert.equal(await history.forget(range, how), forgotten.length);
          assert.deepEqual(await history.sums(ALL, "model"), byModel);
          assert.deepEqual(addSums(await history.sums(ALL, "workspace")), addSums(byWorkspace));
          assert.deepEqual(await ledger.standings(PLACE, limits, NOON_MS), before);
          const rows = await allPages(history, ALL);
          const kept = requests.filter((request) => !isWithin(request, range));
          if (how === "delete") assert.deepEqual(rows.map(describeRow), kept.toReversed().map(describePlain));
          else {
            assert.equal(rows.length, requests.length);
            const anonymous = rows.filter(
              ({ workspace, generationId }) => workspace === undefined && generationId === undefined,
            );
            assert.equal(anonymous.length, forgotten.length);
            const named = sumByValue(await history.sums(range, "workspace"));
            assert.deepEqual(
              named.map(({ value }) => value),
              forgotten.length === 0 ? [] : [""],
            );
          }
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("has the verdict of each row, with what is known of its lines", async () => {
    const lines = { accepted: 1, proposed: 3 };
    const requests = [plainRequest(), plainRequest({ partly: lines }), plainRequest({ partly: null })];
    await withHistory([...requests, plainRequest({ isAccepted: true })], async (history) => {
      const { rows } = await history.page(ALL, undefined);
      assert.deepEqual(
        rows.map(({ verdict }) => verdict),
        [
          { kind: "accepted", lines: undefined, editedLines: undefined },
          { kind: "partly-accepted", lines: undefined, editedLines: undefined },
          { kind: "partly-accepted", lines, editedLines: undefined },
          undefined,
        ],
      );
      const [sums] = await history.sums(ALL, "model");
      assert.equal(sums?.accepted, 1.833);
    });
  });

  it("takes no verdict over to a request that gets the number of a deleted one", async () => {
    await withHistory([plainRequest({ isAccepted: true })], async (history, folder) => {
      await history.forget(ALL, "delete");
      const ledger = await folder.openLedger();
      await settleAll(ledger, [plainRequest({ model: "c/other" })]);
      assert.deepEqual((await history.page({ ...ALL, kind: "accepted" }, undefined)).rows, []);
      assert.deepEqual(
        sumByValue(await history.sums(ALL, "model"))
          .map(({ accepted }) => accepted)
          .toSorted((left, right) => left - right),
        [0, 1],
      );
    });
  });

  it("pages by 50 and goes on exactly where a page ended, also when a request came in between", async () => {
    const requests = Array.from({ length: 120 }, (_, index) =>
      plainRequest({ atMs: NOON_MS + Math.floor(index / 50) * DAY_MS, costNano: index + 1 }),
    );
    await withHistory(requests, async (history, folder) => {
      const first = await history.page(ALL, undefined);
      assert.equal(first.rows.length, 50);
      assert.equal(first.hasMore, true);
      await settleAll(await folder.openLedger(), [plainRequest({ atMs: NOON_MS + 3 * DAY_MS, costNano: 999 })]);
      const second = await history.page(ALL, first.rows.at(-1));
      const third = await history.page(ALL, second.rows.at(-1));
      const costs = [first, second, third].flatMap(({ rows }) => rows.map(({ costNano }) => costNano));
      assert.deepEqual(
        costs,
        Array.from({ length: 120 }, (_, index) => 120 - index),
      );
      assert.equal(third.hasMore, false);
    });
  });

  it("tells what a lost ledger got back from its journal as an amount without rows", async () => {
    const folder = createStoreFolder();
    try {
      const { rmSync } = await import("node:fs");
      const lost = await folder.openLedger();
      await settleAll(lost, [plainRequest({ costNano: 4_000 })]);
      lost.close();
      rmSync(folder.ledgerPath);
      const history = await (await folder.openLedger()).history();
      assert.equal((await history.known(ALL)).takenOver, 4_000);
      assert.equal((await history.known({ firstDay: "2020-01-01", lastDay: "2020-01-31" })).takenOver, 0);
      assert.deepEqual(await history.sums(ALL, "model"), []);
    } finally {
      folder.remove();
    }
  });

  it("knows nothing of a new ledger, and stops reading rows when nobody waits", async () => {
    await withHistory([], async (history) => {
      assert.deepEqual(await history.known(), { firstDay: undefined, lastDay: undefined, takenOver: 0 });
      assert.deepEqual(await history.page(ALL, undefined), { rows: [], hasMore: false });
    });
    await withHistory([plainRequest()], async (history) => {
      assert.equal(await history.findings(ALL, AbortSignal.abort()), undefined);
    });
  });
});

async function withHistory(
  requests: readonly PlainRequest[],
  use: (history: SpendHistory, folder: StoreFolder) => Promise<void>,
): Promise<void> {
  const folder = createStoreFolder();
  try {
    const ledger = await folder.openLedger();
    await settleAll(ledger, requests);
    await use(await ledger.history(), folder);
  } finally {
    folder.remove();
  }
}

async function allPages(history: SpendHistory, filter: RowFilter): Promise<readonly SpendRow[]> {
  const rows: SpendRow[] = [];
  let after: RowPlace | undefined;
  for (;;) {
    const page = await history.page(filter, after);
    rows.push(...page.rows);
    if (!page.hasMore) return rows;
    after = page.rows.at(-1);
  }
}

function plainRequest(fields: Partial<PlainRequest> = {}): PlainRequest {
  return {
    atMs: NOON_MS,
    model: "a/small",
    provider: "P",
    task: "question",
    surface: "chat",
    workspace: "file:///one",
    key: "default",
    promptTokens: 10,
    completionTokens: 5,
    cachedTokens: 0,
    costNano: 1_000,
    costSource: "billed",
    finish: "complete",
    isAccepted: false,
    ...fields,
  };
}

function isWithin({ atMs }: PlainRequest, { firstDay, lastDay }: DayRange): boolean {
  return budgetDay(atMs) >= firstDay && budgetDay(atMs) <= lastDay;
}

function valueOf(request: PlainRequest, dimension: SpendDimension): string {
  return request[dimension] ?? "";
}

function isOfKind(request: PlainRequest, kind: RowKind | undefined): boolean {
  switch (kind) {
    case undefined:
      return true;
    case "stopped":
      return request.finish === "stopped" && request.costNano > 0;
    case "accepted":
      return acceptedOf(request) > 0;
    case "cached":
      return request.cachedTokens > 0;
    default:
      return request.costSource === kind;
  }
}

/** A failed request has no answer to accept. */
function acceptedOf({ isAccepted, partly, finish }: PlainRequest): number {
  if (finish === "failed") return 0;
  if (isAccepted || partly === undefined) return isAccepted ? 1 : 0;
  return partly === null ? 0.5 : partly.accepted / partly.proposed;
}

function plainSums(requests: readonly PlainRequest[], dimension: SpendDimension): readonly DaySums[] {
  const groups = Map.groupBy(requests, (each) => `${budgetDay(each.atMs)} ${valueOf(each, dimension)}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const sums = addSums(
      own.map((each) => ({
        requests: 1,
        turns: each.finish === "failed" ? 0 : 1,
        costNano: each.costNano,
        promptTokens: each.promptTokens,
        completionTokens: each.completionTokens,
        cachedTokens: each.cachedTokens,
        stoppedNano: each.finish === "stopped" ? each.costNano : 0,
        accepted: acceptedOf(each),
      })),
    );
    return [{ ...sums, day: budgetDay(first.atMs), value: valueOf(first, dimension) }];
  });
}

function byDay(sums: readonly DaySums[]): readonly DaySums[] {
  const key = ({ day, value }: DaySums) => `${day} ${value}`;
  return sums.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}

function describeRow(row: SpendRow): string {
  const { day, model, provider, task, surface, workspace, key, promptTokens, cachedTokens, costNano, costSource } = row;
  return [day, model, provider, task, surface, workspace, key, promptTokens, cachedTokens, costNano, costSource].join(
    " ",
  );
}

function describePlain(each: PlainRequest): string {
  const { model, provider, task, surface, workspace, key, promptTokens, cachedTokens, costNano, costSource } = each;
  const day = budgetDay(each.atMs);
  return [day, model, provider, task, surface, workspace, key, promptTokens, cachedTokens, costNano, costSource].join(
    " ",
  );
}
