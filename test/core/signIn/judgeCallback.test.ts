import assert from "node:assert/strict";
import fc from "fast-check";
import { type CallbackRequest, judgeCallback } from "../../../src/core/signIn/judgeCallback.ts";
import { readPastedCode } from "../../../src/core/signIn/signInCode.ts";
import { signInAddress } from "../../../src/core/signIn/signInAddress.ts";

const STATE = "s".repeat(43);
const HOST = "127.0.0.1:49152";
const GOOD: CallbackRequest = {
  method: "GET",
  host: HOST,
  target: `/callback/${STATE}?code=auth_code_1&state=${STATE}`,
};

const judge = (request: Partial<CallbackRequest>) =>
  judgeCallback({ ...GOOD, ...request }, { host: HOST, isState: (text) => text === STATE });

describe("a request to the port of a sign-in", () => {
  const check = (name: string, request: Partial<CallbackRequest>, expected: string | number) =>
    it(`is ${expected} for ${name}`, () => {
      const verdict = judge(request);
      assert.equal(verdict.kind === "refused" ? verdict.status : verdict.kind, expected);
    });
  const at = (target: string) => ({ target });

  check("the page's own", {}, "code");
  check("one that does not hand the state back, which is in the path", at(`/callback/${STATE}?code=abcd`), "code");
  check("one with more than that", at(`/callback/${STATE}?x=1&code=ab%2Bcd&y`), "code");
  check("one without a code", at(`/callback/${STATE}`), "denied");
  check("one with an error", at(`/callback/${STATE}?error=access_denied`), "denied");

  check("another path", at(`/?code=abcd&state=${STATE}`), 404);
  check("no state", at("/callback/?code=abcd"), 404);
  check("a wrong state in the path", at(`/callback/${"t".repeat(43)}?code=abcd&state=${STATE}`), 404);
  check("a part of the state", at(`/callback/${STATE.slice(1)}?code=abcd`), 404);
  check("a wrong state beside the right one", at(`/callback/${STATE}?code=abcd&state=x`), 400);
  check("an empty state beside the right one", at(`/callback/${STATE}?code=abcd&state=`), 400);
  check("two codes", at(`/callback/${STATE}?code=abcd&code=efgh`), 400);
  check("two states", at(`/callback/${STATE}?code=abcd&state=${STATE}&state=${STATE}`), 400);
  check("an empty code", at(`/callback/${STATE}?code=`), 400);
  check("a code with a line end", at(`/callback/${STATE}?code=abcd%0d%0aX`), 400);
  check("a code that is no text", at(`/callback/${STATE}?code=%E0%A4%A`), 400);
  check("an endless code", at(`/callback/${STATE}?code=${"a".repeat(513)}`), 400);
  check("a path below", at(`/callback/${STATE}/more?code=abcd`), 404);
  check("a whole address", at(`http://${HOST}/callback/${STATE}?code=abcd`), 404);
  check("no target", { target: undefined }, 404);
  check("a POST", { method: "POST" }, 405);
  check("a HEAD", { method: "HEAD" }, 405);
  check("no method", { method: undefined }, 405);
  for (const host of ["evil.example:49152", "localhost:49152", "127.0.0.1", "127.0.0.1:1", "", undefined]) {
    check(`the host ${String(host)}`, { host }, 421);
  }

  it("of any shape never throws and never yields a code without the state", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (method, target, host) => {
        assert.equal(judge({ method, target: `/${target}`, host }).kind, "refused");
        assert.equal(judge({ target: `/callback/${encodeURIComponent(target)}?code=abcd` }).kind, "refused");
      }),
    );
  });
});

describe("a pasted code", () => {
  const check = (text: string, expected: string | undefined) =>
    it(`is ${String(expected)} in ${JSON.stringify(text)}`, () => assert.equal(readPastedCode(text), expected));
  check("auth_code_1a2b", "auth_code_1a2b");
  check("  auth_code_1a2b\n", "auth_code_1a2b");
  check("https://openrouter.ai/auth/code?code=abc-1&x=2", "abc-1");
  check("http://127.0.0.1:1/callback/s?x=2&code=abcd#end", "abcd");
  check("", undefined);
  check("a b", undefined);
  check("https://openrouter.ai/auth", undefined);
  check("https://openrouter.ai/auth?code=", undefined);
  check("a".repeat(513), undefined);
});

describe("the address of a sign-in", () => {
  it("carries the challenge, and the way back where there is one", () => {
    const page = "https://openrouter.ai/auth";
    const callback = { url: "http://127.0.0.1:1/callback/s", state: "s" };
    const { searchParams: sent } = new URL(signInAddress({ page, challenge: "c", callback }));
    assert.deepEqual(Object.fromEntries(sent), {
      ...{ callback_url: "http://127.0.0.1:1/callback/s", code_challenge: "c", code_challenge_method: "S256" },
      ...{ key_label: "Waybill", state: "s" },
    });
    assert.equal(
      signInAddress({ page, challenge: "c" }),
      `${page}?code_challenge=c&code_challenge_method=S256&key_label=Waybill`,
    );
  });
});
