import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptSettings } from "./keptSettings.ts";
import { openerFor } from "./openInBrowser.ts";
import { withoutNpmVariables } from "./runNpm.ts";
import { parseStartOptions } from "./startOptions.ts";
import { withToasts } from "./vscodeServerToasts.ts";

describe("npm start", () => {
  it("takes the simulator unless a key is to be asked for", () => {
    assert.deepEqual(parseStartOptions([]), { isRealGateway: false });
    assert.deepEqual(parseStartOptions(["--key"]), { isRealGateway: true });
    assert.throws(() => parseStartOptions(["--kye"]), /does not know --kye/);
  });

  it("opens a browser only where there is a display", () => {
    assert.equal(openerFor("linux", {}), undefined);
    assert.deepEqual(openerFor("linux", { DISPLAY: ":0" }), ["xdg-open"]);
    assert.deepEqual(openerFor("darwin", {}), ["open"]);
  });

  it("keeps the person's settings, but never an old gateway", async () => {
    const folder = await mkdtemp(join(tmpdir(), "waybill-settings-"));
    const file = join(folder, "settings.json");
    await writeFile(file, `{ "editor.fontSize": 20, "waybill.gateway.url": "http://127.0.0.1:1" }`);
    const simulated = await keptSettings(file, { "editor.fontSize": 12, "waybill.gateway.url": "http://127.0.0.1:2" });
    const real = await keptSettings(file, { "editor.fontSize": 12 });
    await rm(folder, { recursive: true });
    assert.deepEqual(simulated, { "editor.fontSize": 20, "waybill.gateway.url": "http://127.0.0.1:2" });
    assert.deepEqual(real, { "editor.fontSize": 20 });
  });

  it("starts with the fresh settings when the old ones cannot be read", async () => {
    assert.deepEqual(await keptSettings(join(tmpdir(), "no-such-settings.json"), { a: 1 }), { a: 1 });
  });
});

describe("installing VS Code's server", () => {
  it("does not hand the outer npm's run on to the inner one", () => {
    const inner = withoutNpmVariables({ npm_package_name: "waybill", npm_lifecycle_event: "start", PATH: "/bin" });
    assert.deepEqual(inner, { PATH: "/bin" });
  });

  it("lets notifications show in the version it knows, and refuses another", () => {
    const bundle = "if(!this.environmentService.enableSmokeTestDriver&&e.priority!==2){show()}";
    assert.equal(withToasts(bundle), "if(e.priority!==2){show()}");
    assert.throws(() => withToasts("another bundle"), /does not look as expected/);
  });
});
