import assert from "node:assert/strict";
import { request } from "node:http";
import { type Socket, connect } from "node:net";
import { text } from "node:stream/consumers";
import { openLoopbackServer, type LoopbackServer } from "../../src/extension/features/signIn/loopbackServer.ts";
import { challengeOf, isSameSecret, newSecret } from "../../src/extension/features/signIn/pkce.ts";

describe("the secrets of a sign-in", () => {
  it("are hashed as RFC 7636 says, appendix B", () => {
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert.equal(challengeOf(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("are 43 characters of an address, each time others", () => {
    const secrets = Array.from({ length: 1_000 }, newSecret);
    assert.ok(secrets.every((secret) => /^[\w-]{43}$/.test(secret)));
    assert.equal(new Set(secrets).size, secrets.length);
  });

  it("are the same or not", () => {
    assert.ok(isSameSecret("a", "a"));
    for (const other of ["b", "", "aa", "A"]) assert.ok(!isSameSecret("a", other));
  });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

interface Hit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function hit(url: string, { method = "GET", headers = {}, body }: Hit = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      text(response).then((whole) => resolve({ status, headers: answered, body: whole }), reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("the port that a sign-in waits at", () => {
  let state: string;
  let server: LoopbackServer;
  beforeEach(async () => {
    state = newSecret();
    server = await openLoopbackServer(state);
  });
  afterEach(() => server.close());

  const isOver = (url: string) => assert.rejects(hit(url), { code: "ECONNREFUSED" });

  it("is one of this machine alone, each time another", async () => {
    const other = await openLoopbackServer(newSecret());
    assert.match(server.callbackUrl, /^http:\/\/127\.0\.0\.1:\d+\/callback\/[\w-]{43}$/);
    assert.notEqual(new URL(other.callbackUrl).port, new URL(server.callbackUrl).port);
    other.close();
  });

  it("takes the code of the page, answers with a plain page and stops listening", async () => {
    const { status, headers, body } = await hit(`${server.callbackUrl}?code=auth_code_1&state=${state}`);
    assert.deepEqual(await server.outcome, { kind: "code", code: "auth_code_1" });
    assert.equal(status, 200);
    assert.match(body, /Signed in\. You can close this page/);
    assert.doesNotMatch(body, /<script|auth_code_1|http/);
    assert.ok(!body.includes(state));
    assert.match(String(headers["content-security-policy"]), /^default-src 'none'/);
    assert.deepEqual(
      [headers["referrer-policy"], headers["cache-control"], headers["x-content-type-options"], headers["connection"]],
      ["no-referrer", "no-store", "nosniff", "close"],
    );
    assert.equal(headers["access-control-allow-origin"], undefined);
    await isOver(`${server.callbackUrl}?code=auth_code_2`);
  });

  it("takes a refusal on the page", async () => {
    const { body } = await hit(server.callbackUrl);
    assert.deepEqual(await server.outcome, { kind: "denied" });
    assert.match(body, /No key was granted/);
    await isOver(server.callbackUrl);
  });

  it("refuses every other request, tells it nothing, and waits on", async () => {
    const good = `${server.callbackUrl}?code=auth_code_1`;
    const { origin, port } = new URL(good);
    const hostile: readonly (readonly [string, Hit, number])[] = [
      [`${origin}/`, {}, 404],
      [`${origin}/callback?code=abcd&state=${state}`, {}, 404],
      [`${origin}/callback/${newSecret()}?code=abcd`, {}, 404],
      [`${good}&state=${newSecret()}`, {}, 400],
      [`${good}&code=auth_code_2`, {}, 400],
      [good, { method: "POST", body: "code=abcd" }, 405],
      [good, { method: "OPTIONS", headers: { Origin: "https://evil.example" } }, 405],
      [good, { headers: { Host: "evil.example" } }, 421],
      [good, { headers: { Host: `localhost:${port}` } }, 421],
    ];
    for (const [url, how, expected] of hostile) {
      const answer = await hit(url, how);
      assert.equal(answer.status, expected, `${how.method ?? "GET"} ${url.slice(0, 80)}`);
      assert.ok(!answer.body.includes(state));
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
    }
    // Whoever sends more than is read may lose the connection before the answer.
    const large: readonly Promise<Answer>[] = [
      hit(good, { method: "POST", body: "x".repeat(1_000_000) }),
      hit(`${good}${"a".repeat(20_000)}`),
    ];
    for (const each of await Promise.allSettled(large)) {
      assert.ok(each.status === "rejected" || [405, 431].includes(each.value.status));
    }
    await hit(good);
    assert.deepEqual(await server.outcome, { kind: "code", code: "auth_code_1" });
  });

  it("answers a request that came in beside the right one with its end", async () => {
    const { port } = new URL(server.callbackUrl);
    const waiting = connect(Number(port), "127.0.0.1");
    await new Promise((resolve) => waiting.once("connect", resolve));
    // The server has taken the connection once it answered another one.
    await hit(`http://127.0.0.1:${port}/`);
    await hit(`${server.callbackUrl}?code=auth_code_1`);
    waiting.end(
      `GET ${new URL(server.callbackUrl).pathname}?code=auth_code_2 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    );
    const answer = await text(waiting);
    assert.ok(answer === "" || answer.startsWith("HTTP/1.1 410 "), answer);
    assert.deepEqual(await server.outcome, { kind: "code", code: "auth_code_1" });
  });

  it("is not held up by clients that say nothing, or something else than HTTP", async () => {
    const { port } = new URL(server.callbackUrl);
    const sockets: Socket[] = [];
    for (const said of ["", "GET /callback", "\0\0\0\0", "SSH-2.0-x\r\n"]) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(said);
      sockets.push(socket);
    }
    await hit(`${server.callbackUrl}?code=auth_code_1`);
    assert.deepEqual(await server.outcome, { kind: "code", code: "auth_code_1" });
    for (const socket of sockets) socket.destroy();
  });

  it("ends the connection of a client that takes too long", async () => {
    server.close();
    server = await openLoopbackServer(state, 100);
    const { port } = new URL(server.callbackUrl);
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("GET /callback/");
    await new Promise((resolve) => socket.once("close", resolve));
    await hit(`${server.callbackUrl}?code=auth_code_1`);
    assert.deepEqual(await server.outcome, { kind: "code", code: "auth_code_1" });
  });

  it("is closed when nobody comes", async () => {
    server.close();
    await isOver(`${server.callbackUrl}?code=auth_code_1`);
  });
});
