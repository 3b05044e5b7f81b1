import assert from "node:assert/strict";
import { WaybillError, type WaybillErrorDetail } from "../../../src/core/errors/waybillError.ts";
import { WAYBILL_ERROR_CODES, type WaybillErrorCode } from "../../../src/core/errors/waybillErrorCode.ts";
import { describeError } from "../../../src/core/problems/describeError.ts";
import type { FailureContext } from "../../../src/core/problems/failureContext.ts";

const SENT: FailureContext = { gatewayHost: "openrouter.ai", modelName: "Tern 2", wasSent: true, hasText: false };

function check(
  code: WaybillErrorCode,
  { context = {}, ...detail }: WaybillErrorDetail & { context?: Partial<FailureContext> },
  says: RegExp,
): void {
  it(`says of ${code} ${says.source}`, () => {
    assert.match(describeError(new WaybillError(code, "x", detail), { ...SENT, ...context }).sentence, says);
  });
}

describe("the sentence about an error", () => {
  for (const code of WAYBILL_ERROR_CODES) {
    it(`(${code}) says what it means for text and money, in every situation`, () => {
      for (const wasSent of [true, false]) {
        for (const hasText of [true, false]) {
          for (const isUncharged of [true, false]) {
            const error = new WaybillError(code, "x", { isUncharged });
            const { sentence, action } = describeError(error, { ...SENT, wasSent, hasText });
            assert.match(sentence, /^([A-Z]|openrouter\.ai ).*\.$/);
            assert.match(sentence, /(your text|The answer|The text so far) is kept/);
            assert.match(sentence, /charged|sent|cost|spent/);
            assert.notEqual(action.label, "");
            if (wasSent && !isUncharged) assert.doesNotMatch(sentence, /Nothing was/);
          }
        }
      }
    });
  }

  const uncharged = { isUncharged: true };
  const named = { ...uncharged, detail: "acme", context: { wasSent: false } };
  check("key-missing", named, /the key acme here, and there is none of that name.*no other key.*Nothing was sent/);
  check("key-unreadable", named, /Your key acme was stored but can no longer.*no other key is used.*Nothing was sent/);
  check(
    "credits",
    { ...uncharged, affordableTokens: 7527 },
    /at most 7527 tokens, and this request asked for more\. Nothing was charged/,
  );
  check("key-limit", uncharged, /spending limit of this key at openrouter\.ai is reached/);
  check(
    "no-endpoint",
    { ...uncharged, emptiedBy: "the data policy" },
    /serve Tern 2 .* ruled out by the data policy\./,
  );
  check(
    "rate-limited",
    { ...uncharged, retryAtMs: 5, context: { formatTime: (atMs) => `00:0${atMs}` } },
    /again at 00:05\.$/,
  );
  check("rate-limited", { ...uncharged, retryAtMs: 5 }, /kept\.$/);
  check("free-daily-limit", uncharged, /used up\. .* again after 00:00 UTC\.$/);
  check(
    "certificate",
    { ...uncharged, detail: "its certificate has expired" },
    /not safe \(its certificate has expired\)/,
  );
  check("timeout", {}, /What it cost is not known yet and stays reserved/);
  check("incomplete", { context: { hasText: true } }, /text so far is kept; its cost is in the waybill/);
  check(
    "ledger-unusable",
    { context: { hasText: true } },
    /The answer is kept, and what was reserved for it counts as spent/,
  );
  check("ledger-unusable", { context: { wasSent: false } }, /Nothing was sent, and your text is kept/);

  it("offers the settings for a model that a filter removed, and another try without one", () => {
    const actionOf = (detail: WaybillErrorDetail) =>
      describeError(new WaybillError("no-endpoint", "x", detail), SENT).action.id;
    assert.equal(actionOf({ emptiedBy: "the price ceiling" }), "open-settings");
    assert.equal(actionOf({}), "try-again");
  });
});
