import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { readWebAddress } from "../../src/extension/platform/webAddress.ts";

const sources = new Map(globSync("src/**/*.ts").map((file) => [file, readFileSync(file, "utf8")]));
const using = (pattern: RegExp) => [...sources].flatMap(([file, text]) => (pattern.test(text) ? [file] : []));

describe("promise 11: a link opens only http and https, after the whole address was shown", () => {
  for (const text of [
    ...["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>1</script>", "file:///etc/passwd"],
    ...["command:workbench.action.terminal.new", "vscode://publisher.extension/do", "blob:https://a.example/1"],
    ...["ftp://a.example/", "//a.example/", "/etc/passwd", "a.example", "", "https://", "https:///", "ws://a.example"],
    ...["https://bank.example@evil.example/", "https://:secret@evil.example/"],
    `https://a.example/${"a".repeat(1_500)}`,
  ]) {
    it(`opens no ${JSON.stringify(text.slice(0, 60))}`, () => {
      const read = readWebAddress(text);
      assert.ok("refusal" in read);
      assert.match(read.refusal, /Nothing was opened\.$/);
    });
  }

  const shown: readonly [string, string, RegExp | undefined][] = [
    ["https://a.example/x?y=z#w", "https://a.example/x?y=z#w", undefined],
    ["HTTPS://A.Example/ü", "https://a.example/%C3%BC", undefined],
    ["http://a.example/", "http://a.example/", /not encrypted/],
    // The first letter is Cyrillic.
    ["https://аpple.com/", "https://xn--pple-43d.com/", /letters that may look like others/],
    ["https://a.example/\u202Egnp.exe", "https://a.example/%E2%80%AEgnp.exe", /cannot be seen/],
    ["https://localhost:3000/", "https://localhost:3000/", /your own machine or network/],
    ["https://2130706433/", "https://127.0.0.1/", /your own machine or network/],
    ["https://0x7f.1/", "https://127.0.0.1/", /your own machine or network/],
    ["https://[::ffff:192.168.1.1]/", "https://[::ffff:c0a8:101]/", /your own machine or network/],
    ["https://172.20.0.1:8080/", "https://172.20.0.1:8080/", /your own machine or network/],
    ["https://localhost./", "https://localhost./", /your own machine or network/],
    ["https://router.local/", "https://router.local/", /your own machine or network/],
    ["https://192.168.1.1.example/", "https://192.168.1.1.example/", undefined],
    ["https://172.32.0.1/", "https://172.32.0.1/", undefined],
  ];
  for (const [text, href, warning] of shown) {
    it(`shows ${JSON.stringify(text)} as ${href}`, () => {
      const read = readWebAddress(text);
      assert.ok("href" in read);
      assert.equal(read.href, href);
      if (warning === undefined) assert.deepEqual(read.warnings, []);
      else assert.match(read.warnings.join("\n"), warning);
    });
  }

  it("opens none that would give a secret away, however it is written", () => {
    const holdsSecret = (text: string) => text.includes("sk-or-v1-a+b/c");
    for (const text of ["https://a.example/?k=sk-or-v1-a+b/c", "https://a.example/?k=%73k-or-v1-a%2Bb%2Fc#%E2%82%AC"]) {
      assert.deepEqual(readWebAddress(text, holdsSecret), {
        refusal: "This address gives a key or a password of yours to a.example. Nothing was opened.",
      });
    }
    assert.ok(
      "href" in readWebAddress("https://a.example/%E0%A4%A", holdsSecret),
      "what cannot be decoded is read as it is",
    );
  });

  it("holds for any text: what is opened is ASCII, names its site first and is what was shown", () => {
    const piece = fc.constantFrom(
      "https://",
      "http:",
      "//",
      "@",
      "\\",
      "\t",
      "\n",
      "%00",
      "xn--",
      "[::1]",
      ":",
      "javascript:",
    );
    const text = fc.array(fc.oneof(piece, fc.string({ unit: "grapheme" }))).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `https://${rest}`),
          fc.webUrl(),
        ),
        (address) => {
          const read = readWebAddress(address);
          if ("refusal" in read) return;
          assert.match(read.href, /^https?:\/\/[^/@\s]+\/[\u0021-\u007E]*$/);
          const again = readWebAddress(read.href);
          assert.equal("href" in again && again.href, read.href);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("has one place that opens addresses, and no text of a model is trusted or HTML", () => {
    assert.ok(sources.size > 80);
    assert.deepEqual(using(/openExternal/), ["src/extension/platform/openAddress.ts"]);
    assert.deepEqual(using(/\.isTrusted\s*=|isTrusted:\s*true|supportHtml/), []);
    assert.deepEqual(using(/enableCommandUris/), ["src/extension/features/chat/chatFeature.ts"]);
    const view = sources.get("src/extension/features/chat/chatFeature.ts") ?? "";
    // A page without scripts, whose one button shows the chat.
    assert.match(view, /\{ enableCommandUris: \[COMMANDS\.showChatInSideBar\], localResourceRoots \}/);
  });
});
