import { strict as assert } from "node:assert";
import { workbenchAddress } from "./workbenchAddress.ts";

describe("the workbench's address", () => {
  const options = { origin: "http://127.0.0.1:9000", extensionFolder: "/my extension" };

  it("names folder, extension and tests", () => {
    const address = new URL(workbenchAddress({ ...options, workspaceFolder: "/a folder", testsFile: "/tests.js" }));
    assert.equal(address.origin, options.origin);
    assert.equal(address.searchParams.get("folder"), "/a folder");
    const payload = new Map<string, string>(JSON.parse(address.searchParams.get("payload") ?? ""));
    assert.equal(payload.get("extensionDevelopmentPath"), "vscode-remote://127.0.0.1:9000/my extension");
    assert.equal(payload.get("extensionTestsPath"), "vscode-remote://127.0.0.1:9000/tests.js");
  });

  it("opens an empty window without a folder, and runs nothing without tests", () => {
    const address = new URL(workbenchAddress(options));
    assert.equal(address.searchParams.has("folder"), false);
    assert.doesNotMatch(address.searchParams.get("payload") ?? "", /extensionTestsPath/);
  });

  it("turns a Windows path into one of an address", () => {
    const address = new URL(workbenchAddress({ ...options, workspaceFolder: "C:\\code" }));
    assert.equal(address.searchParams.get("folder"), "/C:/code");
  });
});
