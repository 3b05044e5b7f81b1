import assert from "node:assert/strict";
import { type Environment, chooseProxy } from "../../src/gateway/proxyChoice.ts";
import {
  DEFAULT_PROXY_SETTINGS,
  type ProxySettingName,
  type ProxySettings,
  parseProxySettings,
} from "../../src/gateway/proxySettings.ts";

const OPENROUTER = "https://openrouter.ai/api/v1";

describe("the network settings", () => {
  const parse = (values: Partial<Record<ProxySettingName, unknown>>) => parseProxySettings((name) => values[name]);

  it("are the defaults where nothing is set", () => {
    assert.deepEqual(parse({}), DEFAULT_PROXY_SETTINGS);
  });

  it("are read under VS Code's names", () => {
    const values = {
      proxy: " http://proxy.corp.example:3128 ",
      noProxy: ["a.example", " ", "b.example"],
      proxyStrictSSL: false,
      proxyAuthorization: "Basic abc",
      proxySupport: "off",
      systemCertificates: false,
    };
    assert.deepEqual(parse(values), {
      proxyUrl: "http://proxy.corp.example:3128",
      noProxy: ["a.example", "b.example"],
      strictSsl: false,
      proxyAuthorization: "Basic abc",
      proxySupport: "off",
      certificates: "bundled",
    });
  });

  it("fall back to the safe default where the type is wrong", () => {
    const values = {
      proxy: 1,
      noProxy: "a.example",
      proxyStrictSSL: "false",
      proxyAuthorization: null,
      proxySupport: "maybe",
      systemCertificates: "no",
    };
    assert.deepEqual(parse(values), DEFAULT_PROXY_SETTINGS);
  });
});

describe("the proxy on the way to a gateway", () => {
  interface Case {
    readonly url?: string;
    readonly settings?: Partial<ProxySettings>;
    readonly environment?: Environment;
  }

  const check = (name: string, { url, settings, environment = {} }: Case, expected: string) =>
    it(name, () => {
      const choice = chooseProxy(new URL(url ?? OPENROUTER), { ...DEFAULT_PROXY_SETTINGS, ...settings }, environment);
      assert.equal(choice.kind === "proxy" ? choice.url.href : choice.kind, expected);
    });

  const proxyUrl = "http://setting.example:3128";
  const inEnvironment = { HTTPS_PROXY: "http://secure.example:1", http_proxy: "http://plain.example:2" };

  check("is none where nothing is set", {}, "none");
  check("is the setting's", { settings: { proxyUrl } }, "http://setting.example:3128/");
  check(
    "is the setting's before the environment's",
    { settings: { proxyUrl }, environment: inEnvironment },
    `${proxyUrl}/`,
  );
  check("is the environment's for secure requests", { environment: inEnvironment }, "http://secure.example:1/");
  const plainUrl = "http://models.corp.example";
  check(
    "is the environment's for plain requests",
    { url: plainUrl, environment: inEnvironment },
    "http://plain.example:2/",
  );
  const onlyPlain = { HTTP_PROXY: "http://plain.example:2" };
  check("is the plain one for secure requests too", { environment: onlyPlain }, "http://plain.example:2/");
  const onlySecure = { https_proxy: "http://secure.example:1" };
  check("is not the secure one for plain requests", { url: plainUrl, environment: onlySecure }, "none");
  check("may lack its scheme", { environment: { https_proxy: "plain.example:2" } }, "http://plain.example:2/");
  check("is none where an empty variable says so", { environment: { HTTPS_PROXY: " ", https_proxy: "" } }, "none");
  check(
    "is none where VS Code's support is off",
    { settings: { proxyUrl, proxySupport: "off" }, environment: inEnvironment },
    "none",
  );
  check("is none for an exception of the settings", { settings: { proxyUrl, noProxy: ["openrouter.ai"] } }, "none");
  check(
    "is none for an exception of the environment",
    { settings: { proxyUrl }, environment: { NO_PROXY: "a.example, openrouter.ai" } },
    "none",
  );
  check(
    "heeds the settings' exceptions instead of the environment's",
    { settings: { proxyUrl, noProxy: ["a.example"] }, environment: { no_proxy: "openrouter.ai" } },
    `${proxyUrl}/`,
  );
  for (const url of ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:1", "https://[::1]:1"]) {
    check(`is none for this machine, ${url}`, { url, settings: { proxyUrl }, environment: inEnvironment }, "none");
  }
  check(
    "is named unusable where it is of another kind",
    { settings: { proxyUrl: "socks5://s.example:1080" } },
    "unusable",
  );
  check("is named unusable where it makes no sense", { settings: { proxyUrl: "http://" } }, "unusable");
});
