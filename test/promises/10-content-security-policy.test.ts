import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import type { Uri, Webview } from "vscode";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";

const SOURCE = "https://*.vscode-cdn.net";
/** Reviewed as a whole: a change of it is a change of what the page may do. */
const POLICY = [
  "default-src 'none'",
  "script-src 'nonce-NONCE'",
  `style-src ${SOURCE}`,
  `font-src ${SOURCE}`,
  `img-src ${SOURCE}`,
  "connect-src 'none'",
  "frame-src 'none'",
  "media-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const PAGES = [
  { name: "chat", title: "Waybill Chat", style: "chat" },
  { name: "chat", title: "Waybill Chat", style: "chatTab" },
  { name: "routing", title: "Waybill Routing", style: "tab" },
  { name: "spending", title: "Waybill Spending", style: "tab" },
] as const;

describe("promise 10: the policy of each page is exactly the reviewed one", () => {
  let editor: EditorStage;
  let extensionUri: Uri;
  let webview: Webview;
  let page: (of: (typeof PAGES)[number]) => string;
  let roots: () => readonly Uri[];

  before(async () => {
    editor = openEditorStage();
    const vscode = await import("vscode");
    extensionUri = vscode.Uri.file("/extension");
    webview = { cspSource: SOURCE, asWebviewUri: (uri: Uri) => uri } as unknown as Webview;
    const { webviewPage, webviewRoots } = await import("../../src/extension/platform/webviewPage.ts");
    page = (of) => webviewPage(webview, extensionUri, of);
    roots = () => webviewRoots(extensionUri);
  });
  after(() => editor.remove());

  for (const of of PAGES) {
    it(`${of.title} (${of.style})`, () => {
      const html = page(of);
      const [, policy = "", nonce = ""] = /content="([^"]*'nonce-([^']+)'[^"]*)"/.exec(html) ?? [];
      assert.equal(policy.replace(nonce, "NONCE"), POLICY);
      assert.match(
        html,
        /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/,
      );
      assert.deepEqual(
        [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag.includes(`nonce="${nonce}"`)),
        [true],
      );
      assert.doesNotMatch(html, /\bon\w+=|style=|javascript:|<style/i);
    });
  }

  it("gives each page a nonce of its own, of 192 random bits", () => {
    const nonces = Array.from({ length: 10_000 }, () => /'nonce-([^']+)'/.exec(page(PAGES[0]))?.[1] ?? "");
    assert.equal(new Set(nonces).size, nonces.length);
    assert.ok(nonces.every((nonce) => Buffer.from(nonce, "base64").length === 24));
    // Each bit is as often one as zero: seven standard deviations of 10,000 throws.
    const ones = Array.from({ length: 192 }, (_bit, bit) =>
      nonces.reduce((sum, nonce) => sum + (((Buffer.from(nonce, "base64")[bit >> 3] ?? 0) >> (bit & 7)) & 1), 0),
    );
    assert.ok(
      ones.every((count) => Math.abs(count - 5_000) < 350),
      String(ones),
    );
  });

  it("lets a page load our own files alone, and every page is made in one of these places", () => {
    assert.deepEqual(
      roots().map(({ path }) => path),
      ["/extension/dist/webview", "/extension/media"],
    );
    const sources = globSync("src/extension/**/*.ts").map((file) => [file, readFileSync(file, "utf8")] as const);
    const using = (pattern: RegExp) => sources.flatMap(([file, text]) => (pattern.test(text) ? [file] : [])).toSorted();
    assert.deepEqual(using(/<!DOCTYPE html>/i), [
      "src/extension/features/chat/chatTab.ts",
      // For a browser that has signed in: a page without scripts, and no webview.
      "src/extension/features/signIn/loopbackServer.ts",
      "src/extension/platform/webviewPage.ts",
    ]);
    assert.deepEqual(using(/localResourceRoots/), [
      "src/extension/features/chat/chatFeature.ts",
      "src/extension/platform/openTab.ts",
    ]);
  });

  it("leaves the page that has no script nothing but its style", () => {
    const text = readFileSync("src/extension/features/chat/chatTab.ts", "utf8");
    const [, policy] = /content="([^"]*)"/.exec(text) ?? [];
    assert.equal(policy, "default-src 'none'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'");
    assert.doesNotMatch(text, /<script/);
  });
});
