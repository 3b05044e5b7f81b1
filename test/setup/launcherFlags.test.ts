import { strict as assert } from "node:assert";
import { parseLauncherFlags } from "../host/launcherFlags.ts";

const PATHS = ["--extensionDevelopmentPath=/extension", "--extensionTestsPath=/tests/suite.js"];

describe("the launcher's flags", () => {
  it("are read as VS Code would read them", () => {
    const flags = parseLauncherFlags(["/folder", "--no-sandbox", "--disable-workspace-trust", ...PATHS]);
    assert.deepEqual(flags, {
      extensionFolder: "/extension",
      testsFile: "/tests/suite.js",
      workspaceFolder: "/folder",
      isWorkspaceTrustOff: true,
    });
  });

  it("may leave out the folder, and keep workspace trust on", () => {
    const flags = parseLauncherFlags(["--user-data-dir=/data", ...PATHS]);
    assert.equal(flags.workspaceFolder, undefined);
    assert.equal(flags.isWorkspaceTrustOff, false);
  });

  it("must name the extension and its tests", () => {
    assert.throws(() => parseLauncherFlags(PATHS.slice(0, 1)), /extensionTestsPath/);
    assert.throws(() => parseLauncherFlags(["--extensionDevelopmentPath=", ...PATHS.slice(1)]), /extensionDevelopment/);
  });
});
