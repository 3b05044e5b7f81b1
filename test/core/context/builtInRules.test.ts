import assert from "node:assert/strict";
import fc from "fast-check";
import { type BuiltInRule, builtInRule, builtInRuleOfText } from "../../../src/core/context/builtInRules.ts";

const KEPT: readonly (readonly [string, BuiltInRule])[] = [
  [".env", "secrets"],
  ["server/.env.local", "secrets"],
  ["a/.env.production.local", "secrets"],
  [".env~", "secrets"],
  [".env.bak", "secrets"],
  [".envrc", "secrets"],
  ["prod.env", "secrets"],
  ["certs/site.PEM", "secrets"],
  ["certs/site.key.old", "secrets"],
  ["store.p12", "secrets"],
  ["release.keystore", "secrets"],
  ["app.jks", "secrets"],
  ["id_rsa", "secrets"],
  ["home/id_rsa.old", "secrets"],
  ["keys\\id_ed25519", "secrets"],
  ["id_ecdsa_sk", "secrets"],
  ["home/.ssh/config", "secrets"],
  ["C:\\Users\\me\\.aws\\credentials", "secrets"],
  ["x/.kube/config", "secrets"],
  ["x/.gnupg/private-keys-v1.d/a", "secrets"],
  ["x/.docker/config.json", "secrets"],
  ["x/.config/gcloud/access_tokens.db", "secrets"],
  [".npmrc", "secrets"],
  [".pypirc", "secrets"],
  [".netrc", "secrets"],
  ["_netrc", "secrets"],
  ["infra/prod.tfstate", "secrets"],
  ["infra/prod.tfstate.backup", "secrets"],
  ["infra/prod.auto.tfvars", "secrets"],
  ["config/secrets.yml", "secrets"],
  ["config/secrets.prod.yaml", "secrets"],
  ["credentials", "secrets"],
  ["my-service-account.json", "secrets"],
  ["shop-firebase-adminsdk-x1.json", "secrets"],
  ["client_secret_12.apps.json", "secrets"],
  ["application_default_credentials.json", "secrets"],
  ["passwords.kdbx", "secrets"],
  [".git/config", "git"],
  ["module/.git", "git"],
  [".bash_history", "history"],
  [".node_repl_history", "history"],
  [".zhistory", "history"],
  ["User/globalStorage/waybill.waybill/ledger.sqlite", "own"],
];

describe("texts that never leave, whatever a workspace says", () => {
  for (const [path, rule] of KEPT) it(`are known by their path: ${path}`, () => assert.equal(builtInRule(path), rule));

  for (const path of [
    ".env.example",
    "a/.env.SAMPLE",
    ".env.template",
    "environment.ts",
    "src/keys.ts",
    "id.ts",
    "id_mapping.ts",
    "pem/readme.md",
    "secretFiles.ts",
    "src/credentials.ts",
    "docker/config.json",
    ".github/workflows/ci.yml",
    ".gitignore",
    "history.ts",
    "main.tf",
    "service-account.ts",
    "package.json",
  ])
    it(`are not taken for others: ${path}`, () => assert.equal(builtInRule(path), undefined));

  it("are the same in any case, with `\\`, and however a disk would take the name", () => {
    const upper = fc
      .tuple(fc.constantFrom(...KEPT), fc.array(fc.boolean(), { minLength: 1 }))
      .map(([[path, rule], ups]) => {
        const letters = path
          .split("")
          .map((letter, at) => (ups[at % ups.length] === true ? letter.toUpperCase() : letter));
        return [letters.join(""), rule] as const;
      });
    const ending = fc.constantFrom("", ".", " ", "...", ":stream", "::$DATA", "\u200B");
    fc.assert(
      fc.property(
        upper,
        ending,
        fc.boolean(),
        fc.constantFrom("", "a/b/", "../x/"),
        ([path, rule], end, isWindows, before) => {
          const whole = `${before}${path}${end}`;
          assert.equal(builtInRule(isWindows ? whole.replaceAll("/", "\\") : whole), rule, whole);
        },
      ),
    );
    assert.equal(builtInRule("ENV~1"), "secrets");
    assert.equal(builtInRule("a/x/../.env"), "secrets");
    assert.equal(builtInRule("．env"), "secrets");
  });

  it("are known by title and language where they are saved nowhere", () => {
    const of = (title: string, languageId: string, isUntitled = true) =>
      builtInRuleOfText({ title, languageId, isUntitled });
    assert.equal(of(".env", "plaintext"), "secrets");
    assert.equal(of("Untitled-1", "dotenv"), "secrets");
    assert.equal(of("Untitled-1", "properties"), "secrets");
    assert.equal(of("Untitled-1", "typescript"), undefined);
    assert.equal(of(".env.example", "dotenv"), undefined);
    assert.equal(of("gradle.properties", "properties", false), undefined);
    assert.equal(of("settings.local", "dotenv", false), "secrets");
  });
});
