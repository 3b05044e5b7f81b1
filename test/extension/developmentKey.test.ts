import assert from "node:assert/strict";
import { developmentKey } from "../../src/extension/platform/developmentKey.ts";
import { maskKey } from "../../src/extension/platform/maskKey.ts";

const loopback = new URL("http://127.0.0.1:8080/api/v1");
const environment = { WAYBILL_DEVELOPMENT_KEY: "sk-or-v1-test" };

describe("the key of a development host", () => {
  it("is taken for a gateway on this machine and for OpenRouter", () => {
    assert.equal(developmentKey(false, environment, loopback), "sk-or-v1-test");
    assert.equal(developmentKey(false, environment, new URL("https://openrouter.ai/api/v1")), "sk-or-v1-test");
  });

  it("is ignored by a packaged extension, for any other host, and where there is none", () => {
    assert.equal(developmentKey(true, environment, loopback), undefined);
    assert.equal(developmentKey(false, environment, new URL("https://evil.example/")), undefined);
    assert.equal(developmentKey(false, environment, undefined), undefined);
    assert.equal(developmentKey(false, {}, loopback), undefined);
    assert.equal(developmentKey(false, { WAYBILL_DEVELOPMENT_KEY: "" }, loopback), undefined);
  });
});

describe("a masked key", () => {
  it("shows its kind and four characters, and of a short key nothing", () => {
    assert.equal(maskKey("sk-or-v1-0123456789abcdef"), "sk-or-v1-…cdef");
    assert.equal(maskKey("some-other-key"), "…-key");
    assert.equal(maskKey("short"), "…");
    assert.equal(maskKey("sk-or-v1-abc"), "sk-or-v1-…");
  });
});
