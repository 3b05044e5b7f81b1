import assert from "node:assert/strict";
import { SecretVault } from "../../src/core/secrets/secretVault.ts";
import { describeMasked } from "../../src/webview/chat/describeMasked.ts";

describe("the line about masked secrets", () => {
  it("counts each once, as the vault writes them", () => {
    const vault = new SecretVault("t3st");
    const [one, other] = ["ghp_0123456789abcdefghij0123456789abcdef", "npm_0123456789abcdefghij0123456789abcdef"];
    assert.equal(describeMasked(["why [[secret]]?", "[[secret-1]]"]), undefined);
    assert.equal(describeMasked([vault.mask(`${one} ${one}`).text, vault.mask(`x ${one}`).text]), "1 secret masked");
    assert.equal(describeMasked([vault.mask(`${one} ${other}`).text]), "2 secrets masked");
  });
});
