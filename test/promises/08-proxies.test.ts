import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { sep } from "node:path";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";

/** The late bundle of these is the only one with undici inside; `checkPackage.ts` looks into the bundles themselves. */
const DIRECT = ["src/gateway/directTransport.ts", "src/gateway/proxyTunnel.ts"];

const sources = globSync("src/**/*.ts").map((file) => ({
  file: file.split(sep).join("/"),
  code: readFileSync(file, "utf8").replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, ""),
}));

function filesWith(pattern: RegExp): string[] {
  return sources.flatMap(({ file, code }) => (pattern.test(code) ? [file] : [])).toSorted();
}

describe("promise 8: the editor's proxies and certificates", () => {
  it("are the host's own, whose `fetch` is given nothing that would go around them", async () => {
    const seen: unknown[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (_address, options) => {
      seen.push(options);
      return new Response("");
    };
    try {
      const signal = new AbortController().signal;
      await createHostTransport()({
        url: "https://gateway.example/x",
        method: "POST",
        headers: {},
        body: "{}",
        signal,
      });
      assert.deepEqual(seen, [{ method: "POST", headers: {}, redirect: "error", signal, body: "{}" }]);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it("are gone around by one transport alone, which has undici and is told of them", () => {
    assert.deepEqual(filesWith(/from "undici"/), DIRECT);
    assert.deepEqual(filesWith(/from "\.\.?\/(?:.*\/)?proxyTunnel\.ts"/), ["src/gateway/directTransport.ts"]);
    assert.deepEqual(filesWith(/\bdispatcher\b|setGlobalDispatcher|globalAgent/), []);
    assert.deepEqual(filesWith(/\bnode:https\b|from "https"/), []);
  });

  it("are checked for their certificates, but for a proxy whose check the person has switched off", () => {
    assert.deepEqual(filesWith(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/), [
      "src/gateway/proxyTunnel.ts",
    ]);
    const tunnel = sources.find(({ file }) => file.endsWith("proxyTunnel.ts"))?.code ?? "";
    assert.deepEqual(tunnel.match(/rejectUnauthorized.*/g), ["rejectUnauthorized: strictSsl,"]);
  });
});
