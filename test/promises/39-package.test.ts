import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import * as z from "zod";
import type { BundledPackage } from "../setup/supplyChain/bundledPackages.ts";
import { licenceProblems, licenceTextsOf } from "../setup/supplyChain/licences.ts";
import { installScriptProblems, type Lockfile, lockfileProblems, readLockfile } from "../setup/supplyChain/lockfile.ts";
import { packedFileProblems } from "../setup/supplyChain/packedFiles.ts";
import { packedSecrets } from "../setup/supplyChain/packedSecrets.ts";
import { rebuildProblems } from "../setup/supplyChain/rebuild.ts";
import { shippedCodeProblems } from "../setup/supplyChain/shippedCode.ts";
import { softwareBill } from "../setup/supplyChain/softwareBill.ts";
import { thirdPartyNotices } from "../setup/supplyChain/thirdPartyNotices.ts";
import { zipFiles } from "../setup/zipEntries.ts";

// `checkPackage.ts` asks the same questions of the real package (step `package`); here are the answers to packages that are not sound.

const LIT: BundledPackage = bundled("lit", "3.3.3", "BSD-3-Clause");
const PURIFY: BundledPackage = {
  ...bundled("dompurify", "3.4.18", "(MPL-2.0 OR Apache-2.0)"),
  licenceTexts: [
    { file: "LICENSE", text: "Apache License" },
    { file: "LICENSE-MPL", text: "Mozilla Public License" },
  ],
};

function bundled(name: string, version: string, licence: string): BundledPackage {
  return { name, version, licence, licenceTexts: [{ file: "LICENSE", text: `Copyright the authors of ${name}` }] };
}

function packed(notices: string, more: Readonly<Record<string, string>> = {}): Map<string, Buffer> {
  const files = { "extension/ThirdPartyNotices.txt": notices, ...more };
  return new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
}

/** An archive of one deflated file, with the time in its headers. */
function archiveOf(name: string, text: string, time: number): Buffer {
  const content = deflateRawSync(Buffer.from(text));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(time, 10);
  head.writeUInt16LE(name.length, 26);
  const row = Buffer.alloc(46);
  row.writeUInt32LE(0x02014b50, 0);
  row.writeUInt16LE(8, 10);
  row.writeUInt32LE(content.length, 20);
  row.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(head.length + name.length + content.length, 16);
  return Buffer.concat([head, Buffer.from(name), content, row, Buffer.from(name), end]);
}

describe("promise 39: the package", () => {
  describe("comes from packages that were reviewed", () => {
    const lockfile = readLockfile(".");

    it("as the lock file fixes them", () => {
      assert.ok(Object.keys(lockfile.packages).length > 300);
      assert.deepEqual(lockfileProblems(lockfile), []);
    });

    const SOUND = { version: "3.3.3", integrity: `sha512-${"A".repeat(86)}==` };
    const UNSOUND: readonly [string, string, Lockfile["packages"][string]][] = [
      ["a weak hash", "node_modules/lit", { ...SOUND, integrity: "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }],
      ["no hash", "node_modules/lit", { version: "3.3.3" }],
      ["no hash, as a tool that is always installed", "node_modules/lit", { version: "3.3.3", dev: true }],
      ["a repository", "node_modules/lit", { ...SOUND, resolved: "git+ssh://git@github.com/lit/lit.git#1234567" }],
      ["another registry", "node_modules/lit", { ...SOUND, resolved: "https://registry.example.org/lit.tgz" }],
      ["a file", "node_modules/lit", { ...SOUND, version: "file:../lit" }],
      ["a range", "node_modules/lit", { ...SOUND, version: "^3.3.3" }],
      ["a folder", "packages/lit", SOUND],
      ["a link", "node_modules/lit", { ...SOUND, link: true }],
    ];
    for (const [what, place, locked] of UNSOUND) {
      it(`and not of ${what}`, () => {
        const packages = { "": {}, "node_modules/sound": SOUND, [place]: locked };
        assert.equal(lockfileProblems({ lockfileVersion: 3, packages }).length, 1);
      });
    }

    it("none of which runs a script when it is installed", () => {
      const packages = { "node_modules/lit": { hasInstallScript: true }, "node_modules/zod": {} };
      assert.deepEqual(installScriptProblems(["lit", "zod"], { lockfileVersion: 3, packages }), [
        "lit is bundled and runs a script when it is installed.",
      ]);
    });

    it("and brings no script and no other extension of its own", () => {
      const manifest = z
        .looseObject({ scripts: z.record(z.string(), z.string()) })
        .parse(JSON.parse(readFileSync("package.json", "utf8")));
      const lifecycle = /^(?:pre|post)|^(?:install|prepare|publish|version|uninstall|dependencies)$|^vscode:/;
      assert.deepEqual(
        Object.keys(manifest.scripts).filter((name) => lifecycle.test(name)),
        [],
      );
      const forbidden = ["dependencies", "bundledDependencies", "extensionDependencies", "extensionPack"];
      assert.deepEqual(
        forbidden.filter((name) => name in manifest),
        [],
      );
    });
  });

  it("is packed without letting anything pass that vsce would refuse", () => {
    const packing = readFileSync("test/setup/supplyChain/packExtension.ts", "utf8");
    assert.deepEqual(packing.match(/"--[\w-]+"/g), ['"--no-dependencies"', '"--out"']);
  });

  describe("is licensed", () => {
    it("under what is allowed, of several licences under one that is", () => {
      assert.deepEqual(licenceProblems([LIT, PURIFY, bundled("@vscode/codicons", "0.0.45", "CC-BY-4.0")]), []);
      assert.deepEqual(
        licenceTextsOf(PURIFY).map(({ file }) => file),
        ["LICENSE"],
      );
    });

    it("for its icons by the address of the licence, which allows that", () => {
      const [text] = licenceTextsOf(bundled("@vscode/codicons", "0.0.45", "CC-BY-4.0"));
      assert.equal(text?.text, "https://creativecommons.org/licenses/by/4.0/legalcode");
    });

    for (const licence of ["GPL-3.0-only", "MPL-2.0", "CC-BY-4.0", "MIT AND GPL-2.0-only", "SEE LICENSE IN x", ""]) {
      it(`and not under ${licence || "nothing"}`, () => {
        assert.equal(licenceProblems([bundled("other", "1.0.0", licence)]).length, 1);
      });
    }

    it("and not without the text", () => {
      assert.equal(licenceProblems([{ ...LIT, licenceTexts: [] }]).length, 1);
    });
  });

  describe("names whose work is in it", () => {
    const notices = thirdPartyNotices([LIT, PURIFY]);

    it("each package with the text of its licence, and no other", () => {
      assert.deepEqual(packedFileProblems(packed(notices), [LIT, PURIFY]), []);
      assert.match(notices, /dompurify 3\.4\.18 \(Apache-2\.0\)\n\nApache License/);
      assert.doesNotMatch(notices, /Mozilla/);
    });

    it("and is refused when one is missing, too many, of another version or with another text", () => {
      const problemsOf = (text: string, ...packages: BundledPackage[]) => packedFileProblems(packed(text), packages);
      assert.deepEqual(problemsOf(thirdPartyNotices([LIT]), LIT, PURIFY), [
        "dompurify 3.4.18 (Apache-2.0) is bundled and not in the notices.",
      ]);
      assert.deepEqual(problemsOf(notices, LIT), ["dompurify 3.4.18 (Apache-2.0) is in the notices and not bundled."]);
      assert.equal(problemsOf(notices.replace("lit 3.3.3", "lit 3.3.2"), LIT, PURIFY).length, 2);
      assert.equal(problemsOf(notices.replace("the authors", "nobody"), LIT, PURIFY).length, 1);
      assert.equal(problemsOf("", LIT, PURIFY).length, 2);
    });

    it("in a bill of software too, with the hashes of the lock file", () => {
      const packages = {
        "node_modules/lit": { version: "3.3.3", integrity: "sha512-/+8=", dependencies: { dompurify: "*" } },
        "node_modules/dompurify": { version: "3.4.18", integrity: "sha512-AAE=" },
      };
      const lockfile = { lockfileVersion: 3, packages };
      const bill = softwareBill({ name: "waybill", version: "1.2.3" }, [PURIFY, LIT], lockfile);
      assert.match(bill, /"purl": "pkg:npm\/lit@3\.3\.3"/);
      assert.match(bill, /"content": "ffef"/);
      assert.match(bill, /"ref": "pkg:npm\/lit@3\.3\.3",\n\s+"dependsOn": \[\n\s+"pkg:npm\/dompurify@3\.4\.18"/);
      assert.throws(() =>
        softwareBill({ name: "waybill", version: "1.2.3" }, [bundled("lit", "3.0.0", "MIT")], lockfile),
      );
    });
  });

  describe("holds no secret", () => {
    const filler = "0123456789abcdefABCDEF".repeat(4);
    const SECRETS = [
      `sk-or-v1-${filler.slice(0, 64)}`,
      `sk-ant-${filler.slice(0, 40)}`,
      "-----BEGIN OPENSSH PRIVATE KEY-----",
      `ghp_${filler.slice(0, 36)}`,
      `github_pat_${filler.slice(0, 40)}`,
      "AKIAABCDEFGHIJKLMNOP",
      `npm_${filler.slice(0, 36)}`,
      `VSCE_PAT=${filler.slice(0, 20)}`,
      "abcdefgh234567".repeat(4).slice(0, 52),
      "https://me:hunter2@example.org/",
      "/home/somebody/waybill/src/x.ts",
      "C:\\\\Users\\\\somebody\\\\x.ts",
      "//# sourceMappingURL=extension.cjs.map",
    ];
    for (const secret of SECRETS) {
      it(`like ${secret.slice(0, 24)}…`, () => {
        const [problem = ""] = packedFileProblems(
          packed(thirdPartyNotices([]), { "extension/a.png": `\u0000${secret} ` }),
          [],
        );
        assert.match(problem, /^extension\/a\.png holds /);
        assert.ok(!problem.includes(secret), "the secret is not repeated");
      });
    }

    it("and what only looks like one is let through", () => {
      const text =
        'placeholder="sk-or-v1-…" /home/me/clients sk-x https://openrouter.ai/keys a@b.c `${user}:${password}@host`';
      assert.deepEqual(packedSecrets("readme.md", text), []);
    });
  });

  describe("runs nothing but itself", () => {
    const LOADS: readonly [string, string][] = [
      ["extension.cjs", 'require("node:child_process")'],
      ["extension.cjs", 'require("node:http")'],
      ["lateParts.cjs", 'require("undici")'],
      ["lateParts.cjs", "{rejectUnauthorized:!1}"],
      ["lateParts.cjs", "fetch(e,{dispatcher:t})"],
      ["webview/chat.js", 'import"https://example.org/x.js"'],
      ["webview/chat.js", 'import{a}from"lit"'],
      ["directTransport.cjs", 'require("node:vm")'],
      ["answerParts.cjs", "n.sendText(r.text,!0)"],
    ];
    for (const [file, code] of LOADS) {
      it(`so ${code} is refused in ${file}`, () =>
        assert.notDeepEqual(shippedCodeProblems(`extension/dist/${file}`, code), []));
    }

    it("and what it needs is let through", () => {
      const files = [
        ["extension.cjs", 'require("vscode");require("./lateParts.cjs");require("node:path")'],
        ["directTransport.cjs", 'require("node:http2");({rejectUnauthorized:e,dispatcher:"undici"})'],
        ["webview/chat.js", 'import{a}from"./chunks/chunk-A.js";await import("./chunks/b-C.js")'],
        ["answerParts.cjs", "n.sendText(r.text,!1)"],
      ];
      for (const [file = "", code = ""] of files) {
        assert.deepEqual(shippedCodeProblems(`extension/dist/${file}`, code), []);
      }
    });
  });

  describe("is the same when it is built again", () => {
    it("to the last byte, or the difference is named", () => {
      const archive = archiveOf("a.txt", "one", 1);
      assert.deepEqual([...zipFiles(archive)], [["a.txt", Buffer.from("one")]]);
      assert.deepEqual(rebuildProblems(archive, archiveOf("a.txt", "one", 1)), []);
      assert.deepEqual(rebuildProblems(archive, archiveOf("a.txt", "two", 1)), [
        "a.txt is different when it is built a second time elsewhere.",
      ]);
      assert.match(rebuildProblems(archive, archiveOf("a.txt", "one", 2)).join(), /other dates, permissions/);
    });
  });
});
