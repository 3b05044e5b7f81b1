import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { TRANSPORT_CHOICES, type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import { type RequestTiming, openResponse, readText } from "../../src/gateway/sendRequest.ts";
import type { TransportRequest } from "../../src/gateway/transport.ts";
import { type TestServer, startPlainServer, startTlsServer } from "./tlsServer.ts";

const TIMING: RequestTiming = { timeouts: { headMs: 5000, idleMs: 5000 }, now: () => Date.now() };

describe("the choice of a transport", () => {
  const check = (url: string, expected: readonly string[]) =>
    it(`is ${expected.join(", ")} for ${TRANSPORT_CHOICES.join(", ")} and ${url}`, () => {
      const names = TRANSPORT_CHOICES.map((choice) => selectTransport(choice, new URL(url)).name);
      assert.deepEqual(names, expected);
    });
  check("https://openrouter.ai/api/v1", ["host", "host", "direct"]);
  check("http://127.0.0.1:8080/v1", ["direct", "host", "direct"]);
});

for (const name of ["host", "direct"] as const) {
  describe(`the transport ${name}`, () => {
    let plain: TestServer;
    let secure: TestServer;
    let transport: TransportSelection;

    beforeEach(async () => {
      [plain, secure] = await Promise.all([startPlainServer(), startTlsServer()]);
      transport = selectTransport(name, new URL(plain.origin));
    });

    afterEach(async () => {
      await Promise.all([plain.close(), secure.close()]);
      await transport.close();
    });

    const get = (url: string, signal = new AbortController().signal): TransportRequest => {
      return { url, method: "GET", headers: { "X-Test": "1" }, signal };
    };

    it("answers with status, headers and body", async () => {
      const response = await transport.send(get(`${plain.origin}/models`));
      assert.equal(response.status, 200);
      assert.equal(response.header("content-type"), "application/json");
      assert.equal(response.header("x-none"), undefined);
      assert.equal(await readText(response.body), '{"data":[]}');
    });

    it("answers with a refusal's status and body, too", async () => {
      const response = await transport.send(get(`${plain.origin}/key`));
      assert.equal(response.status, 401);
      assert.match(await readText(response.body), /credentials/);
    });

    it("hands a stream on as it comes", async () => {
      const response = await transport.send(get(`${plain.origin}/events`));
      const texts: string[] = [];
      for await (const chunk of response.body) texts.push(new TextDecoder().decode(chunk));
      assert.equal(texts.join(""), "data: one\n\ndata: two\n\n");
      assert.ok(texts.length > 1, "in pieces");
    });

    it("refuses a redirect and does not follow it", async () => {
      await assert.rejects(openResponse(transport.send, get(`${plain.origin}/away`), TIMING), { code: "network" });
      assert.deepEqual(
        plain.requests.map(({ path }) => path),
        ["/away"],
      );
    });

    it("refuses a certificate of an unknown authority before anything is sent", async () => {
      await assert.rejects(transport.send(get(`${secure.origin}/models`)), (error) => {
        assert.equal(deepestCode(error), "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
        return true;
      });
      assert.equal(secure.requests.length, 0);
    });

    it("says that a connection was refused", async () => {
      const port = await closedPort();
      await assert.rejects(transport.send(get(`http://127.0.0.1:${port}/models`)), (error) => {
        assert.equal(deepestCode(error), "ECONNREFUSED");
        return true;
      });
    });

    it("ends the connection when the request is aborted inside the body", async () => {
      const abort = new AbortController();
      const response = await transport.send(get(`${plain.origin}/stall`, abort.signal));
      const reading = readText(response.body);
      abort.abort();
      await assert.rejects(reading, { name: "AbortError" });
      await plain.stallLeft;
    });

    it("ends the connection when the reader leaves", async () => {
      const response = await transport.send(get(`${plain.origin}/stall`));
      for await (const chunk of response.body) {
        assert.equal(chunk.byteLength, 1);
        break;
      }
      await plain.stallLeft;
    });

    it("rejects at once when the request was aborted before", async () => {
      await assert.rejects(transport.send(get(`${plain.origin}/models`, AbortSignal.abort())), { name: "AbortError" });
      assert.equal(plain.requests.length, 0);
    });

    it("is ended by our timers when nothing more arrives", async () => {
      const request = get(`${plain.origin}/stall`);
      const { body } = await openResponse(transport.send, request, {
        ...TIMING,
        timeouts: { headMs: 5000, idleMs: 30 },
      });
      await assert.rejects(readText(body), (error) => error instanceof WaybillError && error.code === "timeout");
      await plain.stallLeft;
    });

    it("prepares without sending anything, and never fails", async () => {
      await transport.prepare(plain.origin);
      await transport.prepare(`http://127.0.0.1:${await closedPort()}`);
      assert.equal(plain.requests.length, 0);
    });
  });
}

/** `fetch` hides the code in a chain of causes. */
function deepestCode(error: unknown): unknown {
  let code: unknown;
  for (let current = error; current instanceof Error; current = current.cause) {
    if ("code" in current) code = current.code;
  }
  return code;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
