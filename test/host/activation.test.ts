import { strict as assert } from "node:assert";
import * as vscode from "vscode";

describe("Waybill in VS Code", () => {
  it("is found by its id and activates", async () => {
    const extension = vscode.extensions.getExtension("waybill.waybill");
    assert.ok(extension, "VS Code does not know the extension waybill.waybill.");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
