import assert from "node:assert/strict";
import fc from "fast-check";
import { type NanoUsd, toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import {
  type BillRemark,
  type CountedCost,
  type GatewayBill,
  type LedgerBill,
  compareWithBill,
} from "../../../src/core/waybill/compareWithBill.ts";

const usd = toNanoUsd;
const NOTHING: CountedCost = { count: 0, cost: usd(0) };

function ledgerOf(
  sources: Partial<LedgerBill["bySource"]>,
  rest: Partial<Omit<LedgerBill, "bySource">> = {},
): LedgerBill {
  return {
    bySource: { billed: NOTHING, reconciled: NOTHING, estimated: NOTHING, unknown: NOTHING, ...sources },
    open: NOTHING,
    takenOver: usd(0),
    ...rest,
  };
}

function rows(count: number, cost: number): CountedCost {
  return { count, cost: usd(cost) };
}

function gatewayOf(charged: number, ownKeys = 0): GatewayBill {
  return { charged: usd(charged), ownKeys: usd(ownKeys) };
}

function check(name: string, sides: readonly [LedgerBill, GatewayBill], remarks: readonly BillRemark[]): void {
  it(name, () => assert.deepEqual(compareWithBill(...sides).remarks, remarks));
}

describe("the ledger held against the gateway's bill", () => {
  check("agrees without a remark", [ledgerOf({ billed: rows(2, 70), reconciled: rows(1, 30) }), gatewayOf(100)], []);
  check("agrees when nothing was spent at all", [ledgerOf({}), gatewayOf(0)], []);

  check(
    "says that all of what is not certain may have been charged when both agree with it",
    [ledgerOf({ billed: rows(1, 70), estimated: rows(1, 30) }), gatewayOf(100)],
    [{ kind: "uncertain-rows", count: 1, cost: usd(30), charged: usd(30) }],
  );
  check(
    "says how much of what is not certain can be on the bill when the ledger has more",
    [ledgerOf({ billed: rows(1, 70), estimated: rows(1, 20), unknown: rows(2, 30) }), gatewayOf(75)],
    [{ kind: "uncertain-rows", count: 3, cost: usd(50), charged: usd(5) }, { kind: "gateway-lags" }],
  );
  check(
    "says that the key was used elsewhere when the gateway has more",
    [ledgerOf({ billed: rows(1, 70) }), gatewayOf(100)],
    [{ kind: "used-elsewhere", cost: usd(30) }],
  );
  check(
    "names requests that are still open, and a ledger that was started anew, before blaming another app",
    [ledgerOf({ billed: rows(1, 70) }, { open: rows(1, 20), takenOver: usd(5) }), gatewayOf(100)],
    [
      { kind: "open-requests", count: 1, cost: usd(20) },
      { kind: "taken-over", cost: usd(5) },
      { kind: "used-elsewhere", cost: usd(30) },
    ],
  );
  check(
    "says that the gateway lags or the key was changed when more is certain than the gateway has",
    [ledgerOf({ billed: rows(1, 70), unknown: rows(1, 9) }), gatewayOf(60)],
    [
      { kind: "uncertain-rows", count: 1, cost: usd(9), charged: usd(0) },
      { kind: "gateway-lags" },
      { kind: "key-changed", cost: usd(10) },
    ],
  );
  check(
    "counts what providers bill to one's own keys with the gateway's side, and says so",
    [ledgerOf({ billed: rows(1, 105) }), gatewayOf(5, 100)],
    [{ kind: "own-keys", cost: usd(100) }],
  );

  const amount: fc.Arbitrary<NanoUsd> = fc.integer({ min: 0, max: 1e12 }).map(toNanoUsd);
  const counted = fc.oneof(fc.constant(NOTHING), fc.record({ count: fc.integer({ min: 1, max: 1000 }), cost: amount }));
  const ledgers: fc.Arbitrary<LedgerBill> = fc.record({
    bySource: fc.record({ billed: counted, reconciled: counted, estimated: counted, unknown: counted }),
    open: counted,
    takenOver: fc.oneof(fc.constant(usd(0)), amount),
  });
  const gateways: fc.Arbitrary<GatewayBill> = fc.record({ charged: amount, ownKeys: amount });

  it("adds up to the nano-dollar, whatever the figures", () => {
    fc.assert(
      fc.property(ledgers, gateways, (ledger, gateway) => {
        const { ledgerTotal, gatewayTotal, difference } = compareWithBill(ledger, gateway);
        const sources = Object.values(ledger.bySource);
        assert.equal(
          sources.reduce((sum, { cost }) => sum + cost, 0),
          ledgerTotal,
        );
        assert.equal(gateway.charged + gateway.ownKeys, gatewayTotal);
        assert.equal(ledgerTotal + difference, gatewayTotal);
      }),
    );
  });

  it("gives a reason for every difference, and the right one for its direction", () => {
    fc.assert(
      fc.property(ledgers, gateways, (ledger, gateway) => {
        const { difference, gatewayTotal, remarks } = compareWithBill(ledger, gateway);
        const of = <Kind extends BillRemark["kind"]>(kind: Kind) =>
          remarks.find((remark): remark is Extract<BillRemark, { kind: Kind }> => remark.kind === kind);
        const certain = ledger.bySource.billed.cost + ledger.bySource.reconciled.cost;
        assert.equal(of("used-elsewhere")?.cost, difference > 0 ? difference : undefined);
        assert.equal(of("gateway-lags") !== undefined, difference < 0);
        assert.equal(of("key-changed")?.cost, certain > gatewayTotal ? certain - gatewayTotal : undefined);
        const uncertain = of("uncertain-rows");
        if (uncertain !== undefined) {
          assert.ok(uncertain.charged >= 0 && uncertain.charged <= uncertain.cost);
          assert.ok(certain + uncertain.charged <= Math.max(certain, gatewayTotal), "no more than the bill holds");
        }
        assert.equal(new Set(remarks.map(({ kind }) => kind)).size, remarks.length);
      }),
    );
  });
});
