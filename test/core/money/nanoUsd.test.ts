import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addDecimals,
  compareDecimals,
  decimalToText,
  multiplyDecimal,
  parseDecimal,
} from "../../../src/core/money/decimal.ts";
import { decimalToNanoUsd, parseUsd, sumUsd, toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { formatExactUsd, formatUsd } from "../../../src/core/money/formatUsd.ts";

const digits = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const scale = fc.integer({ min: 0, max: 22 });

describe("decimals", () => {
  it("read back what they write, to the last digit", () => {
    fc.assert(
      fc.property(digits, scale, (coefficient, decimals) => {
        const text = decimalToText({ coefficient, scale: decimals });
        const read = parseDecimal(text);
        assert.ok(read);
        assert.equal(compareDecimals(read, { coefficient, scale: decimals }), 0);
      }),
    );
  });

  it("read the forms that JavaScript and gateways write", () => {
    const check = (text: string, expected: string | undefined) => {
      const decimal = parseDecimal(text);
      assert.equal(decimal === undefined ? undefined : decimalToText(decimal), expected, text);
    };
    check("0.0000000416666666666667", "0.0000000416666666666667");
    check("1e-7", "0.0000001");
    check("2.5E+3", "2500");
    check("-1", "-1");
    check(".5", "0.5");
    check("5.", "5");
    check("", undefined);
    check(".", undefined);
    check("NaN", undefined);
    check("Infinity", undefined);
    check("1,5", undefined);
    check("0x10", undefined);
    check("1e99999", undefined);
  });

  it("multiply like repeated addition", () => {
    fc.assert(
      fc.property(digits, scale, fc.integer({ min: 0, max: 30 }), (coefficient, decimals, times) => {
        const value = { coefficient, scale: decimals };
        let sum = { coefficient: 0n, scale: 0 };
        for (let index = 0; index < times; index += 1) sum = addDecimals(sum, value);
        assert.equal(compareDecimals(sum, multiplyDecimal(value, times)), 0);
      }),
    );
  });
});

describe("money", () => {
  it("comes through JSON without losing a nano-dollar", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (nano) => {
        const wire: unknown = JSON.parse(JSON.stringify({ cost: Number(`${nano}e-9`) }).slice(8, -1));
        assert.equal(parseUsd(Number(wire)), nano);
      }),
    );
  });

  it("is rounded up for a promise and to the nearest for a charge", () => {
    const check = (text: string, up: number, nearest: number) => {
      const decimal = parseDecimal(text);
      assert.ok(decimal);
      assert.equal(decimalToNanoUsd(decimal, "up"), up, `${text} up`);
      assert.equal(decimalToNanoUsd(decimal, "nearest"), nearest, `${text} nearest`);
    };
    check("0.0000000001", 1, 0);
    check("0.0000000005", 1, 1);
    check("0.0000000015", 2, 2);
    check("1", 1_000_000_000, 1_000_000_000);
    check("-0.0000000014", -1, -1);
  });

  it("that is unknown or absurd is undefined, never 0", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, "free", "", 1e300, "99999999999"]) {
      assert.equal(parseUsd(value), undefined, String(value));
    }
  });

  it("sums to the same whatever the order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 9 })), (amounts) => {
        const forward = sumUsd(amounts.map(toNanoUsd));
        assert.equal(sumUsd(amounts.toReversed().map(toNanoUsd)), forward);
      }),
    );
  });

  it("refuses fractions and amounts that a number cannot hold exactly", () => {
    assert.throws(() => toNanoUsd(0.5), RangeError);
    assert.throws(() => toNanoUsd(2 ** 53), RangeError);
  });

  it("is shown with the digits that matter, and exactly where it counts", () => {
    const check = (nano: number, short: string, exact: string) => {
      assert.equal(formatUsd(toNanoUsd(nano)), short);
      assert.equal(formatExactUsd(toNanoUsd(nano)), exact);
    };
    check(0, "$0.00", "$0.00");
    check(1, "$0.000000001", "$0.000000001");
    check(1_234_567, "$0.0012", "$0.001234567");
    check(30_000_000, "$0.030", "$0.03");
    check(340_000_000, "$0.34", "$0.34");
    check(12_345_678_901, "$12.35", "$12.345678901");
    check(-5_000_000, "-$0.0050", "-$0.005");
  });
});
