import assert from "node:assert/strict";
import { canReachGateway } from "../../src/extension/features/connection/probeTransport.ts";
import { DEFAULT_PROXY_SETTINGS } from "../../src/gateway/proxySettings.ts";
import { type TestServer, startPlainServer, startTlsServer } from "./tlsServer.ts";

describe("the probe of the other transport", () => {
  let plain: TestServer;
  let secure: TestServer;

  before(async () => {
    [plain, secure] = await Promise.all([startPlainServer(), startTlsServer()]);
  });

  after(async () => {
    await Promise.all([plain.close(), secure.close()]);
  });

  for (const transport of ["host", "direct"] as const) {
    const probe = (url: string, signal = new AbortController().signal) =>
      canReachGateway({ transport, gatewayUrl: new URL(url), network: DEFAULT_PROXY_SETTINGS }, signal);

    it(`finds a gateway with ${transport}, without a key`, async () => {
      assert.equal(await probe(`${plain.origin}/`), true);
      assert.deepEqual(plain.requests.at(-1), { path: "/models", httpVersion: "1.1", authorization: undefined });
    });

    it(`counts a gateway that wants a key as reached with ${transport}`, async () => {
      assert.equal(await probe(`${plain.origin}/api/v1`), true);
    });

    it(`does not reach a gateway whose certificate is not trusted with ${transport}`, async () => {
      assert.equal(await probe(secure.origin), false);
    });

    it(`stops when it is told to with ${transport}`, async () => {
      await assert.rejects(probe(plain.origin, AbortSignal.abort()), { code: "aborted" });
    });
  }
});
