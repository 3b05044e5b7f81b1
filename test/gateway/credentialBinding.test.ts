import assert from "node:assert/strict";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { type GatewayCredential, createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import type { TransportRequest } from "../../src/gateway/transport.ts";

/** A gateway whose transport only notes what would be sent. */
function recordingGateway(baseUrl: string, credential: GatewayCredential | undefined, keyName?: string) {
  const sent: TransportRequest[] = [];
  const gateway = createOpenRouterGateway({
    baseUrl: new URL(baseUrl),
    credential: async () => credential,
    now: () => 0,
    ...(keyName === undefined ? {} : { keyName }),
    transport: async (request) => {
      sent.push(request);
      return {
        status: 200,
        header: () => undefined,
        body: bytesOf('{"data":[]}'),
      };
    },
  });
  return { gateway, sent };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

describe("the key", () => {
  it("is sent to the origin it was entered for", async () => {
    const { gateway, sent } = recordingGateway("https://openrouter.ai/api/v1", {
      origin: "https://openrouter.ai",
      key: "k",
    });
    await gateway.fetchCatalog(new AbortController().signal);
    assert.equal(sent[0]?.headers["Authorization"], "Bearer k");
  });

  it("is never sent to another origin, not even another port or scheme of the same host", async () => {
    for (const origin of ["https://evil.example", "http://openrouter.ai", "https://openrouter.ai:444"]) {
      const { gateway, sent } = recordingGateway("https://openrouter.ai/api/v1", { origin, key: "k" });
      await assert.rejects(
        gateway.fetchCatalog(new AbortController().signal),
        (error) => error instanceof WaybillError && error.code === "key-missing",
      );
      assert.equal(sent.length, 0);
    }
  });

  it("is not needed for a gateway on this machine", async () => {
    const { gateway, sent } = recordingGateway("http://127.0.0.1:11434/v1", undefined);
    await gateway.fetchCatalog(new AbortController().signal);
    assert.equal(sent[0]?.headers["Authorization"], undefined);
  });

  it("of one name is never replaced by one of another or by none, not even on this machine", async () => {
    const origin = "http://127.0.0.1:11434";
    const meant: GatewayCredential = { origin, key: "k", keyName: "acme" };
    for (const known of [undefined, { origin, key: "k" }, { ...meant, keyName: "other" }]) {
      const { gateway, sent } = recordingGateway(`${origin}/v1`, known, "acme");
      const { signal } = new AbortController();
      await assert.rejects(gateway.fetchCatalog(signal), { code: "key-missing", detail: "acme", isUncharged: true });
      await assert.rejects(gateway.fetchKeyStatus(signal), { code: "key-missing", detail: "acme" });
      assert.equal(sent.length, 0);
    }
    const { gateway, sent } = recordingGateway(`${origin}/v1`, meant, "acme");
    await gateway.fetchCatalog(new AbortController().signal);
    assert.equal(sent[0]?.headers["Authorization"], "Bearer k");
    const unnamed = recordingGateway("https://openrouter.ai/api/v1", { ...meant, origin: "https://openrouter.ai" });
    await assert.rejects(unnamed.gateway.fetchCatalog(new AbortController().signal), { code: "key-missing" });
    assert.equal(unnamed.sent.length, 0);
  });
});
