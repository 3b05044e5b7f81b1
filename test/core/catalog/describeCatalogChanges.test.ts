import assert from "node:assert/strict";
import type { CatalogModel } from "../../../src/core/catalog/catalogModel.ts";
import { compareCatalogs } from "../../../src/core/catalog/compareCatalogs.ts";
import { describeCatalogChanges } from "../../../src/core/catalog/describeCatalogChanges.ts";
import { catalogOf, modelOf, pricesOf } from "./catalogOf.ts";

function notice(after: Partial<CatalogModel> | undefined, pinned: readonly string[] = []): string | undefined {
  const before = catalogOf(modelOf("a/b", { aliasTarget: "a/one" }));
  const next = after === undefined ? catalogOf() : catalogOf(modelOf("a/b", { aliasTarget: "a/one", ...after }));
  return describeCatalogChanges(compareCatalogs(before, next, ["a/b"]), pinned);
}

describe("the notice of a changed model list", () => {
  const check = (name: string, after: Partial<CatalogModel> | undefined, [free, pinned]: readonly [RegExp, RegExp]) =>
    it(`says of ${name} what Waybill will do instead, for a pinned model, too`, () => {
      assert.match(notice(after) ?? "", free);
      assert.match(notice(after, ["a/b"]) ?? "", pinned);
    });

  check("a model gone", undefined, [
    /^A\/B is no longer on the gateway's model list\. Waybill chooses among the others\.$/,
    /Requests for it are refused until you pin another one/,
  ]);
  check("an end", { expirationDate: "2026-12-01" }, [
    /^A\/B will not be served from 2026-12-01 on\. From then on Waybill chooses among the others\.$/,
    /From then on requests for it are refused until you pin another one/,
  ]);
  check("a higher price", { prices: pricesOf("0.000003", "0.00001") }, [
    /^A\/B now costs \$3\.00 instead of \$2\.00 per million prompt tokens \(\+50%\)\. Waybill weighs it at the new price\.$/,
    /You pinned it, so it stays; budgets count the new price/,
  ]);
  check("another target", { aliasTarget: "a/two" }, [
    /^A\/B now stands for a\/two instead of a\/one\./,
    /^A\/B now stands for a\/two instead of a\/one\./,
  ]);
  check("a smaller context", { contextTokens: 128_000 }, [
    /^A\/B now takes 128,000 tokens instead of 200,000\. Longer requests go to other models\.$/,
    /longer requests will be refused/,
  ]);
  check("a lost ability", { supportedParameters: ["max_tokens"] }, [
    /^A\/B no longer supports reasoning, tools\. /,
    /the gateway leaves that out/,
  ]);

  it("is one for all changes, the worst first", () => {
    const text = notice({ contextTokens: 1_000, expirationDate: "2026-12-01", aliasTarget: "a/two" }) ?? "";
    assert.match(text, /^A\/B will not be served from 2026-12-01 on\./);
    assert.match(text, /The log has 2 more changes to models you use\.$/);
  });

  it("is not there for what neither costs nor breaks anything", () => {
    assert.equal(notice({}), undefined);
    assert.equal(notice({ prices: pricesOf("0.000001", "0.00001") }), undefined);
    assert.equal(notice({ prices: pricesOf("0.00000201", "0.00001") }), undefined);
    assert.equal(notice({ supportedParameters: ["max_tokens", "reasoning", "tools"] }), undefined);
  });
});
