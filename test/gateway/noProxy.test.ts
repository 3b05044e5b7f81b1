import assert from "node:assert/strict";
import { isExcludedFromProxy } from "../../src/gateway/noProxy.ts";

describe("the exceptions from a proxy", () => {
  const check = (entry: string, url: string, expected: boolean) =>
    it(`${expected ? "hold" : "do not hold"} with "${entry}" for ${url}`, () => {
      assert.equal(isExcludedFromProxy(new URL(url), ["other.example", entry]), expected);
    });

  check("*", "https://openrouter.ai", true);
  check("openrouter.ai", "https://openrouter.ai/api", true);
  check("OpenRouter.AI", "https://openrouter.ai", true);
  check(" openrouter.ai ", "https://openrouter.ai", true);
  check("openrouter.ai", "https://openrouter.ai.", true);
  check("openrouter.ai", "https://notopenrouter.ai", false);
  check("openrouter.ai", "https://openrouter.ai.evil.example", false);
  check("corp.example", "https://models.corp.example", true);
  check(".corp.example", "https://models.corp.example", true);
  check(".corp.example", "https://corp.example", true);
  check("*.corp.example", "https://a.b.corp.example", true);
  check("*.corp.example", "https://xcorp.example", false);
  check("corp.example:8443", "https://corp.example:8443", true);
  check("corp.example:8443", "https://corp.example", false);
  check("corp.example:443", "https://corp.example", true);
  check("corp.example:80", "http://corp.example", true);
  check("10.1.2.3", "http://10.1.2.3:8080", true);
  check("10.1.2.3:8080", "http://10.1.2.3:8080", true);
  check("10.1.2.3:8081", "http://10.1.2.3:8080", false);
  check("10.0.0.0/8", "http://10.200.3.4", true);
  check("10.0.0.0/8", "http://11.0.0.1", false);
  check("10.0.0.0/33", "http://10.0.0.1", false);
  check("10.0.0.0/", "http://10.0.0.0", false);
  check("0.0.0.0/0", "http://8.8.8.8", true);
  check("10.0.0.0/8", "http://10.example", false);
  check("2001:db8::1", "http://[2001:db8::1]:8080", true);
  check("[2001:db8::1]", "http://[2001:db8::1]", true);
  check("[2001:db8::1]:8080", "http://[2001:db8::1]:8080", true);
  check("[2001:db8::1]:8081", "http://[2001:db8::1]:8080", false);
  check("2001:0db8:0::0001", "http://[2001:db8::1]", true);
  check("2001:db8::/32", "http://[2001:db8:1::9]", true);
  check("2001:db8::/32", "http://10.0.0.1", false);
  check("", "https://openrouter.ai", false);
  check(".", "https://openrouter.ai", false);
  check("http://openrouter.ai", "https://openrouter.ai", false);

  it("do not hold where there are none", () => {
    assert.equal(isExcludedFromProxy(new URL("https://openrouter.ai"), []), false);
  });
});
