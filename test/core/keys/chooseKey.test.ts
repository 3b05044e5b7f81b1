import assert from "node:assert/strict";
import fc from "fast-check";
import { type FolderRule, type KeyChoice, chooseKey } from "../../../src/core/keys/chooseKey.ts";
import { describeKeyChoice } from "../../../src/core/keys/describeKeyChoice.ts";
import { isKeyName } from "../../../src/core/keys/keyName.ts";

const OTHERWISE: KeyChoice = {
  kind: "key",
  name: "production",
  reason: { kind: "environment", environment: "production" },
};
const ACME: FolderRule = { pattern: "/home/me/clients/acme", keyName: "acme" };

function chosen(rules: readonly FolderRule[], ...folders: readonly string[]): string {
  const choice = chooseKey(
    rules,
    folders.map((folder) => [folder]),
    OTHERWISE,
  );
  return choice.kind === "key" ? choice.name : choice.detail;
}

describe("the choice of a key", () => {
  it("is the folder's, for the folder and all in it, however the path is written", () => {
    for (const folder of [
      "/home/me/clients/acme",
      "/home/me/clients/acme/",
      "/home/me/clients/acme/api/src",
      "/HOME/Me/clients/acme",
      "\\home\\me\\clients\\acme\\api",
    ]) {
      assert.equal(chosen([ACME], folder), "acme", folder);
    }
  });

  it("is another one elsewhere, also where a name only begins alike or a path steps back", () => {
    for (const folder of [
      "/home/me/clients/acme-evil",
      "/home/me/clients",
      "/tmp/home/me/clients/acme",
      "/home/me/clients/acme/../../../../tmp/evil",
      "vscode-remote://evil/home/me/clients/acme",
      "",
    ]) {
      assert.equal(chosen([ACME], folder), "production", folder);
    }
    assert.equal(chosen([ACME]), "production");
    assert.equal(chosen([{ pattern: " ", keyName: "acme" }], "/home/me"), "production");
  });

  it("follows the longest pattern that holds, in whatever order they stand", () => {
    const rules = [{ pattern: "/home/*", keyName: "mine" }, ACME, { pattern: "/home/me/*/other", keyName: "third" }];
    for (const order of [rules, rules.toReversed()]) {
      assert.equal(chosen(order, "/home/me/clients/acme/x"), "acme");
      assert.equal(chosen(order, "/home/me/clients/other"), "third");
      assert.equal(chosen(order, "/home/me/notes"), "mine");
    }
  });

  it("takes a folder by its path or its whole address", () => {
    const remote = { pattern: "vscode-remote://ssh-remote+box/srv/acme", keyName: "acme" };
    assert.equal(chosen([remote], "vscode-remote://ssh-remote+box/srv/acme/api"), "acme");
    const addresses = ["/home/me/clients/acme", "file:///home/me/clients/acme"];
    for (const pattern of addresses) {
      const choice = chooseKey([{ pattern, keyName: "acme" }], [addresses], OTHERWISE);
      assert.deepEqual(choice, { kind: "key", name: "acme", reason: { kind: "workspace", pattern } });
    }
  });

  it("is none where folders lead to different keys: a workspace file must not borrow a folder's key", () => {
    const different = "waybill.keys.workspaces leads to different keys for the folders of this workspace";
    assert.equal(chosen([ACME], "/tmp/evil", "/home/me/clients/acme"), different);
    assert.equal(chosen([ACME, { pattern: "/srv", keyName: "other" }], "/srv", "/home/me/clients/acme"), different);
    assert.equal(chosen([ACME, { pattern: "/srv", keyName: "acme" }], "/srv", "/home/me/clients/acme"), "acme");
    assert.equal(chosen([ACME], "/tmp/a", "/tmp/b"), "production");
  });

  it("is none where what stands for the folder is no name", () => {
    const rules = [ACME, { pattern: "/home/me/clients/acme/api", keyName: undefined }];
    assert.match(chosen(rules, "/home/me/clients/acme/api"), /must name a key for \/home\/me\/clients\/acme\/api$/);
    assert.equal(chosen(rules, "/home/me/clients/acme"), "acme");
  });

  it("never gives a key to a workspace that has one folder without it", () => {
    const folder = fc.constantFrom("/a", "/a/b", "/a/b/c", "/d", "/d/e");
    const rule = fc.record({
      pattern: fc.constantFrom("/a", "/a/b", "/d", "*b*", "/d/*"),
      keyName: fc.constantFrom("one", "two"),
    });
    fc.assert(
      fc.property(fc.array(rule), fc.array(folder, { minLength: 1 }), (rules, folders) => {
        const all = chosen(rules, ...folders);
        const each = new Set(folders.map((one) => chosen(rules, one)));
        if (all.includes("different keys")) assert.ok(each.size > 1);
        else assert.deepEqual([...each], [all]);
      }),
    );
  });

  it("is said with its reason", () => {
    const say = (choice: KeyChoice) => describeKeyChoice(choice);
    assert.equal(say({ kind: "key", name: "default", reason: { kind: "default" } }), "default");
    assert.equal(say(OTHERWISE), "production, for the environment production");
    assert.equal(say(chooseKey([ACME], [[ACME.pattern]], OTHERWISE)), "acme, for /home/me/clients/acme");
    assert.equal(say({ kind: "unclear", detail: "two keys" }), "none, since two keys");
  });
});

describe("the name of a key", () => {
  it("is short, plain and nothing that looks like a key", () => {
    for (const name of ["acme", "default", "Kunde Ü. 1", "a", "客户", "a".repeat(40)]) assert.ok(isKeyName(name), name);
    for (const name of ["", " a", "a ", "a\nb", "a\n", "sk-or-v1-0123", "SK-x", "a".repeat(41), "a/b", "…", 1, null]) {
      assert.ok(!isKeyName(name), String(name));
    }
  });
});
