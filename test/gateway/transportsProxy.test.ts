import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type DirectTransport, createDirectTransport } from "../../src/gateway/directTransport.ts";
import { toNetworkError } from "../../src/gateway/networkError.ts";
import type { Environment } from "../../src/gateway/proxyChoice.ts";
import { DEFAULT_PROXY_SETTINGS, type ProxySettings } from "../../src/gateway/proxySettings.ts";
import { readText } from "../../src/gateway/sendRequest.ts";
import type { TransportRequest } from "../../src/gateway/transport.ts";
import { type ForwardProxy, type ForwardProxyOptions, startForwardProxy } from "./forwardProxy.ts";
import { type TestServer, startPlainServer, startTlsServer } from "./tlsServer.ts";
import { TEST_AUTHORITY } from "./tlsServerCertificates.ts";
import type { Outcomes } from "./tlsServerVisitor.ts";

const GATEWAY = "https://gateway.invalid";

let open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  open = [];
});

function keep<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  open.push(closable);
  return closable;
}

const get = (url: string, signal = new AbortController().signal): TransportRequest => {
  return { url, method: "GET", headers: { Authorization: "Bearer key" }, signal };
};

describe("the transport direct on its way out", () => {
  let server: TestServer;

  beforeEach(async () => {
    server = keep(await startTlsServer());
  });

  const startProxy = async (options: Omit<ForwardProxyOptions, "targetPort"> = {}): Promise<ForwardProxy> =>
    keep(await startForwardProxy({ targetPort: server.port, ...options }));

  const direct = (settings: Partial<ProxySettings> = {}, environment: Environment = {}): DirectTransport =>
    keep(
      createDirectTransport(
        { ...DEFAULT_PROXY_SETTINGS, ...settings },
        { environment, trustedCertificates: () => [TEST_AUTHORITY] },
      ),
    );

  it("speaks HTTP/2 where the gateway does, and trusts the authorities it is told to", async () => {
    const response = await direct().send(get(`${server.origin}/models`));
    assert.equal(await readText(response.body), '{"data":[]}');
    assert.deepEqual(server.requests, [{ path: "/models", httpVersion: "2.0", authorization: "Bearer key" }]);
  });

  it("uses one connection for many requests", async () => {
    const transport = direct();
    for (let count = 0; count < 3; count += 1) {
      await readText((await transport.send(get(`${server.origin}/events`))).body);
    }
    assert.equal(server.connections(), 1);
  });

  it("takes the connection that was opened ahead", async () => {
    const transport = direct();
    await transport.warm(server.origin);
    await transport.warm(server.origin);
    assert.equal(server.connections(), 1);
    assert.equal(server.requests.length, 0);
    await readText((await transport.send(get(`${server.origin}/models`))).body);
    await transport.warm(server.origin);
    assert.equal(server.connections(), 1);
  });

  it("opens a new connection where the one opened ahead is gone", async () => {
    const plain = keep(await startPlainServer());
    const transport = direct();
    await transport.warm(plain.origin);
    await plain.dropConnections();
    const response = await transport.send(get(`${plain.origin}/models`));
    assert.equal(response.status, 200);
    await readText(response.body);
    assert.equal(plain.connections(), 2);
  });

  it("lets go of a stream that is aborted", async () => {
    const abort = new AbortController();
    const response = await direct().send(get(`${server.origin}/stall`, abort.signal));
    abort.abort();
    await assert.rejects(readText(response.body), { name: "AbortError" });
    await server.stallLeft;
  });

  it("goes through the proxy of the settings", async () => {
    const proxy = await startProxy();
    const response = await direct({ proxyUrl: proxy.url }).send(get(`${GATEWAY}/models`));
    assert.equal(await readText(response.body), '{"data":[]}');
    assert.deepEqual(proxy.tunnels, ["gateway.invalid:443"]);
  });

  it("goes through the proxy of the environment, ahead of the request too", async () => {
    const proxy = await startProxy({ credentials: "someone:pass word" });
    const transport = direct({}, { HTTPS_PROXY: proxy.url.replace("//", "//someone:pass%20word@") });
    await transport.warm(GATEWAY);
    assert.equal(proxy.tunnels.length, 1);
    const response = await transport.send(get(`${GATEWAY}:443/models`));
    assert.equal(await readText(response.body), '{"data":[]}');
    assert.equal(proxy.tunnels.length, 1);
  });

  it("sends the authorization of the settings to the proxy", async () => {
    const proxy = await startProxy({ credentials: "someone:password" });
    const proxyAuthorization = `Basic ${btoa("someone:password")}`;
    const response = await direct({ proxyUrl: proxy.url, proxyAuthorization }).send(get(`${GATEWAY}/models`));
    assert.equal(response.status, 200);
    await readText(response.body);
  });

  it("tunnels plain requests as well, so that the proxy does not see them", async () => {
    const plain = keep(await startPlainServer());
    const proxy = keep(await startForwardProxy({ targetPort: plain.port }));
    const response = await direct({ proxyUrl: proxy.url }).send(get("http://gateway.invalid/models"));
    assert.equal(await readText(response.body), '{"data":[]}');
    assert.deepEqual(proxy.tunnels, ["gateway.invalid:80"]);
  });

  it("never sends a request for this machine through a proxy", async () => {
    const proxy = await startProxy();
    await readText((await direct({ proxyUrl: proxy.url }).send(get(`${server.origin}/models`))).body);
    assert.deepEqual(proxy.tunnels, []);
  });

  it("goes around the proxy for an exception", async () => {
    const proxy = await startProxy();
    const settings = { proxyUrl: proxy.url, noProxy: [".invalid"] };
    await assert.rejects(direct(settings).send(get(`${GATEWAY}/models`)), { code: /ENOTFOUND|EAI_AGAIN/ });
    assert.deepEqual(proxy.tunnels, []);
  });

  it("lets go of a stream through the proxy", async () => {
    const proxy = await startProxy();
    const abort = new AbortController();
    const response = await direct({ proxyUrl: proxy.url }).send(get(`${GATEWAY}/stall`, abort.signal));
    abort.abort();
    await assert.rejects(readText(response.body), { name: "AbortError" });
    await server.stallLeft;
  });

  interface Failure {
    readonly proxy?: Omit<ForwardProxyOptions, "targetPort">;
    readonly settings: (proxy: ForwardProxy) => Partial<ProxySettings>;
    readonly code: string;
    readonly detail: RegExp;
  }

  const checkFailure = (name: string, { proxy: options, settings, code, detail }: Failure) =>
    it(`names the proxy as the failing hop when ${name}`, async () => {
      const proxy = await startProxy(options);
      const error = await direct(settings(proxy))
        .send(get(`${GATEWAY}/models`))
        .then(() => assert.fail("it was let through"), toNetworkError);
      assert.deepEqual([error.code, error.isUncharged], [code, true]);
      assert.match(error.detail ?? "", detail);
      assert.doesNotMatch(error.detail ?? "", /someone|secret/);
      assert.equal(server.requests.length, 0);
    });

  checkFailure("it wants credentials", {
    proxy: { credentials: "someone:password" },
    settings: ({ url }) => ({ proxyUrl: url }),
    code: "proxy",
    detail: /^127\.0\.0\.1:\d+ answered 407/,
  });
  checkFailure("it wants other credentials", {
    proxy: { credentials: "someone:password" },
    settings: ({ url }) => ({ proxyUrl: url.replace("//", "//someone:secret@") }),
    code: "proxy",
    detail: /answered 407/,
  });
  checkFailure("it forbids the gateway", {
    proxy: { refuseWith: 403 },
    settings: ({ url }) => ({ proxyUrl: url }),
    code: "proxy",
    detail: /answered 403/,
  });
  checkFailure("it cannot reach the gateway", {
    proxy: { refuseWith: 502 },
    settings: ({ url }) => ({ proxyUrl: url }),
    code: "proxy",
    detail: /answered 502: it could not reach/,
  });
  checkFailure("it cuts the connection", {
    proxy: { refuseWith: "cut" },
    settings: ({ url }) => ({ proxyUrl: url }),
    code: "proxy",
    detail: /127\.0\.0\.1:\d+: the connection was cut/,
  });
  checkFailure("nobody listens there", {
    settings: () => ({ proxyUrl: "http://someone:secret@127.0.0.1:9" }),
    code: "proxy",
    detail: /127\.0\.0\.1:9: the connection was refused/,
  });
  checkFailure("it is of a kind that cannot be used", {
    settings: () => ({ proxyUrl: "socks5://127.0.0.1:1080" }),
    code: "proxy",
    detail: /http and https proxies only/,
  });

  describe("through a proxy that speaks TLS with an unknown certificate", () => {
    const reach = async (strictSsl: boolean): Promise<number> => {
      const plain = keep(await startPlainServer());
      const proxy = keep(await startForwardProxy({ targetPort: plain.port, isSecure: true }));
      const settings = { ...DEFAULT_PROXY_SETTINGS, proxyUrl: proxy.url, strictSsl };
      const transport = keep(createDirectTransport(settings, { environment: {}, trustedCertificates: () => [] }));
      const response = await transport.send(get("http://gateway.invalid/models"));
      await readText(response.body);
      return response.status;
    };

    it("does not go", async () => {
      await assert.rejects(reach(true), (error) => /the proxy .*certificate/.test(toNetworkError(error).detail ?? ""));
    });

    it("goes where the person has switched the check off", async () => {
      assert.equal(await reach(false), 200);
    });
  });

  it("prepares nothing, and says nothing, where the proxy cannot be used", async () => {
    await direct({ proxyUrl: "socks5://127.0.0.1:1080" }).warm(GATEWAY);
  });

  it("checks the gateway's certificate through a proxy, also when that of the proxy is not to be checked", async () => {
    const proxy = await startProxy();
    const settings = { ...DEFAULT_PROXY_SETTINGS, proxyUrl: proxy.url, strictSsl: false };
    const transport = keep(createDirectTransport(settings, { environment: {}, trustedCertificates: () => [] }));
    await assert.rejects(transport.send(get(`${GATEWAY}/models`)), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    assert.equal(server.requests.length, 0);
  });
});

describe("both transports in a process of their own", function () {
  this.timeout(20_000);

  const visit = async (url: string, environment: NodeJS.ProcessEnv): Promise<Outcomes> => {
    const folder = mkdtempSync(join(tmpdir(), "waybill-authority-"));
    try {
      const authority = join(folder, "authority.pem");
      writeFileSync(authority, TEST_AUTHORITY);
      const program = fileURLToPath(new URL("tlsServerVisitor.ts", import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [program, url], {
        env: { PATH: process.env["PATH"], NODE_EXTRA_CA_CERTS: authority, ...environment },
      });
      return JSON.parse(stdout) as Outcomes;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it("trust the authorities of NODE_EXTRA_CA_CERTS", async () => {
    const server = keep(await startTlsServer());
    assert.deepEqual(await visit(`${server.origin}/models`, {}), { direct: { status: 200 }, host: { status: 200 } });
  });

  it("go through the proxy of the environment", async () => {
    const server = keep(await startTlsServer());
    const proxy = keep(await startForwardProxy({ targetPort: server.port, credentials: "someone:password" }));
    const environment = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: proxy.url.replace("//", "//someone:password@") };
    const outcomes = await visit(`${GATEWAY}/models`, environment);
    assert.deepEqual(outcomes, { direct: { status: 200 }, host: { status: 200 } });
    assert.deepEqual(proxy.tunnels, ["gateway.invalid:443", "gateway.invalid:443"]);
  });

  it("blame the proxy when nobody listens there", async () => {
    const outcomes = await visit(`${GATEWAY}/models`, { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://127.0.0.1:9" });
    for (const { code, detail } of [outcomes.direct, outcomes.host]) {
      assert.equal(code, "proxy");
      assert.match(detail ?? "", /refused|the proxy itself cannot be reached/);
    }
  });

  it("say that the proxy wants credentials, and do not take it for a stop", async () => {
    const server = keep(await startTlsServer());
    const proxy = keep(await startForwardProxy({ targetPort: server.port, credentials: "someone:password" }));
    const outcomes = await visit(`${GATEWAY}/models`, { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: proxy.url });
    for (const { code, detail } of [outcomes.direct, outcomes.host]) {
      assert.equal(code, "proxy");
      assert.match(detail ?? "", /it wants a user name and a password$/);
    }
  });
});
