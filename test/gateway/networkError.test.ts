import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { ProxyAgent, fetch as undiciFetch, request as undiciRequest } from "undici";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNetworkError } from "../../src/gateway/networkError.ts";

function coded(code: string, extra: object = {}): Error {
  return Object.assign(new Error(`failed with ${code}`), { code, ...extra });
}

/** The way `fetch` wraps it. */
function fetchFailed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}

interface Expected {
  readonly code: string;
  readonly isUncharged: boolean;
  readonly detail?: RegExp;
}

function check(name: string, error: unknown, { code, isUncharged, detail }: Expected): void {
  it(`takes ${name} for ${code}${isUncharged ? ", with nothing sent" : ""}`, () => {
    for (const thrown of [error, fetchFailed(error)]) {
      const found = toNetworkError(thrown);
      assert.equal(found.code, code);
      assert.equal(found.isUncharged, isUncharged);
      assert.equal(found.isRetryable, code === "network" || code === "timeout");
      if (detail !== undefined) assert.match(found.detail ?? "", detail);
      assert.ok((found.detail ?? "").length < 80);
    }
  });
}

describe("an error of the network", () => {
  for (const code of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]) {
    check(code, coded(code), { code: "network", isUncharged: true });
  }
  for (const code of ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "SOMETHING_NEW"]) {
    check(code, coded(code), { code: "network", isUncharged: false });
  }
  for (const code of ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"]) {
    check(code, coded(code), { code: "timeout", isUncharged: false });
  }
  check("a slow connect", coded("UND_ERR_CONNECT_TIMEOUT"), { code: "timeout", isUncharged: true });
  check("a connect that times out", coded("ETIMEDOUT", { syscall: "connect" }), { code: "timeout", isUncharged: true });

  const unverified = [
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /self-signed/],
    ["SELF_SIGNED_CERT_IN_CHAIN", /does not trust/],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", /does not trust/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /cannot be verified/],
    ["CERT_HAS_EXPIRED", /expired/],
    ["CERT_NOT_YET_VALID", /clock/],
    ["CERT_REVOKED", /revoked/],
    ["CERT_SIGNATURE_FAILURE", /cannot be verified/],
    ["ERROR_IN_CERT_NOT_AFTER_FIELD", /cannot be verified/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /another name/],
    ["HOSTNAME_MISMATCH", /another name/],
    ["ERR_SSL_WRONG_VERSION_NUMBER", /does not speak TLS/],
  ] as const;
  for (const [code, detail] of unverified) check(code, coded(code), { code: "certificate", isUncharged: true, detail });
  for (const code of ["EPROTO", "ERR_TLS_HANDSHAKE_TIMEOUT", "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR"]) {
    check(code, coded(code), { code: "certificate", isUncharged: false, detail: /encryption failed/ });
  }
  check(
    "a cut in the handshake",
    coded("ECONNRESET", { message: "Client network socket disconnected before secure TLS connection was established" }),
    { code: "network", isUncharged: true },
  );

  check("a proxy out of reach", Object.assign(coded("UND_ERR_PRX_CONN"), { cause: coded("ECONNREFUSED") }), {
    code: "proxy",
    isUncharged: true,
    detail: /the proxy itself/,
  });
  check("a proxy's bad certificate", Object.assign(coded("UND_ERR_PRX_TLS"), { cause: coded("CERT_HAS_EXPIRED") }), {
    code: "proxy",
    isUncharged: true,
  });
  check("Electron's proxy failure", new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), {
    code: "proxy",
    isUncharged: true,
  });
  check("Electron's unknown name", new Error("net::ERR_NAME_NOT_RESOLVED"), { code: "network", isUncharged: true });
  check("Electron's untrusted issuer", new Error("net::ERR_CERT_AUTHORITY_INVALID"), {
    code: "certificate",
    isUncharged: true,
  });
  check("a refusal at several addresses", new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")]), {
    code: "network",
    isUncharged: true,
  });
  check("what is no error at all", "boom", { code: "network", isUncharged: false });

  it("blames the proxy for a connection that failed on the way to it", () => {
    const refused = coded("ECONNREFUSED", { syscall: "connect", address: "10.0.0.1", port: 3128 });
    const unknownName = coded("ENOTFOUND", { hostname: "proxy.corp.example" });
    const proxy = new URL("http://proxy.corp.example:3128");
    assert.equal(toNetworkError(fetchFailed(refused), proxy).code, "proxy");
    assert.equal(toNetworkError(fetchFailed(unknownName), proxy).code, "proxy");
    assert.equal(toNetworkError(fetchFailed(refused), new URL("http://proxy.corp.example:8080")).code, "network");
    assert.equal(toNetworkError(fetchFailed(coded("ENOTFOUND", { hostname: "openrouter.ai" })), proxy).code, "network");
  });

  it("leaves our own errors as they are, and aborts for aborts", () => {
    const own = new WaybillError("timeout", "Nothing arrived in time");
    assert.equal(toNetworkError(own), own);
    assert.equal(toNetworkError(new DOMException("This operation was aborted", "AbortError")).code, "aborted");
    assert.equal(toNetworkError(new DOMException("too slow", "TimeoutError")).code, "timeout");
  });

  it("ends with a chain of causes that closes on itself", () => {
    const first = new Error("a");
    const second = new Error("b", { cause: first });
    first.cause = second;
    assert.equal(toNetworkError(first).code, "network");
  });
});

describe("a real proxy that refuses the tunnel", () => {
  for (const [status, detail] of [
    [407, /user name and a password/],
    [403, /it answered 403/],
  ] as const) {
    it(`with ${status} is the proxy's fault and no abort`, async () => {
      const proxy = createServer();
      proxy.on("connect", (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
      proxy.listen(0, "127.0.0.1");
      await once(proxy, "listening");
      const address = proxy.address();
      assert.ok(typeof address === "object" && address !== null);
      const dispatcher = new ProxyAgent(`http://127.0.0.1:${address.port}`);
      for (const send of [undiciFetch, undiciRequest]) {
        const thrown = await send("https://gateway.invalid/", { dispatcher }).catch((error: unknown) => error);
        const found = toNetworkError(thrown);
        assert.equal(found.code, "proxy");
        assert.match(found.detail ?? "", detail);
        assert.equal(found.isUncharged, true);
      }
      await dispatcher.destroy();
      proxy.close();
    });
  }
});
