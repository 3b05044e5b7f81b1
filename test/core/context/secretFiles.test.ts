import assert from "node:assert/strict";
import { isSecretFile } from "../../../src/core/context/secretFiles.ts";

describe("files that hold secrets", () => {
  for (const path of [
    ".env",
    "server/.env.local",
    "prod.env",
    "certs/site.PEM",
    "id_rsa",
    "home/id_rsa.old",
    "keys\\id_ed25519",
    ".npmrc",
    "config/secrets.yml",
  ])
    it(`are known by their name: ${path}`, () => assert.equal(isSecretFile(path), true));

  for (const path of [".env.example", "environment.ts", "src/keys.ts", "id.ts", "pem/readme.md", "secretFiles.ts"])
    it(`are not taken for others: ${path}`, () => assert.equal(isSecretFile(path), false));
});
