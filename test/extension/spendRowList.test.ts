import assert from "node:assert/strict";
import { RowList } from "../../src/extension/features/spend/rowList.ts";
import type { SpendHistory } from "../../src/store/spendHistory.ts";
import { type PlainRequest, settleAll } from "../store/spendLedger.ts";
import { NOON_MS, type StoreFolder, createStoreFolder } from "../store/storeFolder.ts";

const RANGE = { firstDay: "2026-11-20", lastDay: "2026-11-20" };

function requestOf(index: number): PlainRequest {
  return {
    atMs: NOON_MS,
    model: index % 2 === 0 ? "a/small" : "b/large",
    provider: "P",
    task: "question",
    surface: "chat",
    workspace: "file:///one",
    key: "default",
    promptTokens: 10,
    completionTokens: 5,
    cachedTokens: 0,
    costNano: index,
    costSource: "billed",
    finish: "complete",
    isAccepted: false,
  };
}

describe("the list of rows", function () {
  this.timeout(30_000);
  let folder: StoreFolder;
  let history: SpendHistory;
  before(async () => {
    folder = createStoreFolder();
    const ledger = await folder.openLedger();
    await settleAll(
      ledger,
      Array.from({ length: 60 }, (_, index) => requestOf(index)),
    );
    history = await ledger.history();
  });
  after(() => folder.remove());

  it("follows the period until rows are asked for, and turns pages both ways, not beyond their ends", async () => {
    const list = new RowList();
    assert.equal(list.view, undefined);
    await list.follow(history, RANGE);
    const check = (page: number, rows: number, hasMore: boolean) => {
      const { view } = list;
      assert.deepEqual([view?.page, view?.rows.length, view?.hasMore], [page, rows, hasMore]);
    };
    check(1, 50, true);
    await list.turn(history, "previous");
    check(1, 50, true);
    await list.turn(history, "next");
    check(2, 10, false);
    await list.turn(history, "next");
    check(2, 10, false);
    await list.follow(history, RANGE);
    check(2, 10, false);
    await list.turn(history, "previous");
    check(1, 50, true);
    assert.equal(list.isAsked, false);
  });

  it("shows the rows of a figure by its name, and begins with their first page", async () => {
    const list = new RowList();
    await list.follow(history, RANGE);
    await list.turn(history, "next");
    await list.show(history, { ...RANGE, by: { dimension: "model", value: "b/large" } });
    assert.equal(list.view?.title, "Rows: model b/large, 2026-11-20");
    assert.deepEqual([list.view.page, list.view.rows.length, list.isAsked], [1, 30, true]);
    list.forget();
    assert.equal(list.view, undefined);
  });
});
