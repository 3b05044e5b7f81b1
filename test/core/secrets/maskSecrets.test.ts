import assert from "node:assert/strict";
import fc from "fast-check";
import { maskSecrets } from "../../../src/core/secrets/maskSecrets.ts";

/** Made up, and put together here so that nothing takes them for real ones. */
const SECRET = "abcdefghij0123456789";

describe("secrets in a text", () => {
  const masked: readonly string[] = [
    `key sk-or-v1-${SECRET}${SECRET}`,
    `sk-${SECRET}`,
    `ghp_${SECRET}${SECRET}`,
    `github_pat_${SECRET}`,
    `glpat-${SECRET}`,
    `AKIA${SECRET.toUpperCase().slice(0, 16)}`,
    `xoxb-${SECRET}`,
    `npm_${SECRET}${SECRET.slice(0, 16)}`,
    `eyJ${SECRET}.${SECRET}.${SECRET}`,
    `Authorization: Bearer ${SECRET}`,
    `DB_PASSWORD=${SECRET}`,
    `"apiKey": "${SECRET}"`,
    `mysql --password ${SECRET}`,
    `postgres://me:${SECRET}@host/db`,
    `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${SECRET}`,
  ];
  for (const text of masked) {
    it(`are masked: ${text.slice(0, 24).replaceAll("\n", " ")}`, () => {
      const left = maskSecrets(text);
      assert.ok(left.includes("•••") && !left.includes(SECRET) && !/[A-J]{5}/.test(left), left);
    });
  }

  it("are told from what is none", () => {
    for (const text of [
      "the token is wrong",
      "password:",
      "error TS2304: no name",
      "https://a.b/c",
      "skip-this-test-please",
    ]) {
      assert.equal(maskSecrets(text), text);
    }
  });

  it("stay masked", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = maskSecrets(text);
        assert.equal(maskSecrets(once), once);
      }),
    );
  });
});
