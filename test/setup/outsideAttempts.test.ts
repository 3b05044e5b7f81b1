import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { blameworthy, isLoopbackHost } from "./outsideAttempts.ts";
import { startRecordingProxy } from "./recordingProxy.ts";
import { runToEnd } from "./runToEnd.ts";

const GUARD = pathToFileURL(fileURLToPath(new URL("refuseOutside.mjs", import.meta.url))).href;

describe("attempts to leave the machine", () => {
  for (const host of ["localhost", "app.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1", ""]) {
    it(`takes ${host || "a socket without a host"} for this machine`, () => assert.equal(isLoopbackHost(host), true));
  }

  for (const host of ["example.com", "127.0.0.1.example.com", "10.0.0.1", "localhost.example.com", "[::2]"]) {
    it(`takes ${host} for another machine`, () => assert.equal(isLoopbackHost(host), false));
  }

  it("are listed once each", () => {
    const attempt = { target: "example.com:443", madeBy: "server" } as const;
    assert.deepEqual(blameworthy([attempt, attempt]), ["example.com:443 (server)"]);
  });

  it("may name a host that exists nowhere", () => {
    assert.deepEqual(blameworthy([{ target: "no-such-host.invalid:443", madeBy: "proxy" }]), []);
  });

  it("may be VS Code's own, by exactly its hosts", () => {
    const attempt = (target: string) => ({ target, madeBy: "proxy" }) as const;
    assert.deepEqual(blameworthy([attempt("westus-0.in.applicationinsights.azure.com:443")]), []);
    const others = ["default.exp-tas.com.example.com:443", "my-mobile.events.data.microsoft.com:443"];
    assert.equal(blameworthy(others.map(attempt)).length, 2);
  });

  it("are refused by the proxy, and remembered without their path", async () => {
    const proxy = await startRecordingProxy();
    const source = `require("node:http").get({host:"127.0.0.1",port:new URL(process.argv[1]).port,path:"http://example.com/secret"},(r)=>{console.log(r.statusCode);r.resume()})`;
    const { output } = await runToEnd(process.execPath, ["-e", source, proxy.address], { workingFolder: tmpdir() });
    await proxy.close();
    assert.equal(output.trim(), "403");
    assert.deepEqual(proxy.attempts, [{ target: "example.com", madeBy: "proxy" }]);
  });

  it("are refused in a guarded process before a name is looked up, and written down", async () => {
    const folder = await mkdtemp(join(tmpdir(), "waybill-guard-"));
    const log = join(folder, "outside.log");
    await writeFile(log, "");
    const source = `require("node:net").connect(82, "a.invalid").on("error", (error) => console.log(error.code));
      fetch("https://example.com/").catch((error) => console.log(error.cause?.code));
      require("node:net").connect(81, "example.org").on("error", (error) => console.log(error.code));`;
    const environment = { ...process.env, WAYBILL_OUTSIDE_LOG: log };
    const parameters = ["--import", GUARD, "-e", source];
    const { output } = await runToEnd(process.execPath, parameters, { workingFolder: folder, environment });
    const targets = (await readFile(log, "utf8")).trim().split("\n").toSorted();
    await rm(folder, { recursive: true });
    assert.deepEqual(output.trim().split("\n").toSorted(), ["ECONNREFUSED", "ECONNREFUSED", "ENOTFOUND"]);
    assert.deepEqual(targets, ["example.com:443", "example.org:81"]);
  });
});
