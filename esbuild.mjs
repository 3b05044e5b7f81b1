/**
 * Bundles the extension, each webview and the tests that run inside VS Code; with `--product` without the tests, with
 * `--development` to be read. `--watch` is not needed: a build takes under a second.
 */
import { build } from "esbuild";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { basename } from "node:path";
import subsetFont from "subset-font";

const production = !process.argv.includes("--development");
const productOnly = process.argv.includes("--product");

const common = {
  bundle: true,
  format: "esm",
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  // Escaped, the words of other scripts in the lexicons take two to three times the bytes.
  charset: "utf8",
  logLevel: "warning",
  metafile: true,
};

/** Modules that are loaded with their first use. Each is a bundle of its own; a dynamic `import()` of one loads its file. */
const LATE_MODULES = [
  "src/extension/lateParts.ts",
  "src/extension/editParts.ts",
  "src/extension/inlineParts.ts",
  "src/extension/commandParts.ts",
  "src/extension/contextParts.ts",
  "src/extension/chatParts.ts",
  "src/extension/chatActionParts.ts",
  "src/extension/chatsParts.ts",
  "src/extension/answerParts.ts",
  "src/extension/compareParts.ts",
  "src/extension/besideParts.ts",
  "src/extension/priceParts.ts",
  "src/extension/scmParts.ts",
  "src/gateway/classifyGatewayError.ts",
  "src/gateway/directTransport.ts",
  "src/store/ledgerUpkeep.ts",
  "src/store/chatLibrary.ts",
];

const LATE_MODULE = new RegExp(`/(${LATE_MODULES.map((path) => basename(path, ".ts")).join("|")})\\.ts$`);

/** Leaves a dynamic import of a late module alone, but for the name of its file. */
const lateModules = {
  name: "late-modules",
  setup({ onResolve }) {
    onResolve({ filter: LATE_MODULE }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path: `./${basename(path, ".ts")}.cjs`, external: true } : undefined,
    );
  },
};

/**
 * undici's index loads all of it (its own fetch, web sockets, caches, mocks), which a CommonJS bundle cannot leave out again. Of it
 * the direct transport takes these three; the exact version is pinned, and the host and UI tests run this bundle.
 */
const leanUndici = {
  name: "lean-undici",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, () => ({
      contents: `
        const Dispatcher = require("./lib/dispatcher/dispatcher");
        const api = require("./lib/api");
        Object.assign(Dispatcher.prototype, api);
        exports.Pool = require("./lib/dispatcher/pool");
        exports.buildConnector = require("./lib/core/connect");`,
    }));
  },
};

/** CommonJS: activation was measured to be faster than with ES modules (docs/decisions). */
async function buildExtension() {
  return build({
    ...common,
    format: "cjs",
    // The classifier's words of other scripts would take three times the bytes as escapes.
    platform: "node",
    target: "node22",
    entryPoints: ["src/extension/extension.ts", ...LATE_MODULES].map((file) => ({
      in: file,
      out: basename(file, ".ts"),
    })),
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
    // Its other form asks for its own parts in a way that no bundler sees.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    // undici's own way to leave its experimental second parser out of a bundle.
    define: { esbuildDetection: "true" },
    // A late `import()` becomes a late `require`.
    supported: { "dynamic-import": false },
    plugins: [lateModules, leanUndici],
  });
}

/** Each page by itself: what two pages share would become a file of its own, and so one more round trip before the first paint. */
async function buildWebviews() {
  const pages = await Promise.all(globSync("src/webview/*/main.ts").map(buildWebview));
  const all = (part) => Object.assign({}, ...pages.map(({ metafile }) => metafile[part]));
  return { metafile: { inputs: all("inputs"), outputs: all("outputs") } };
}

async function buildWebview(file) {
  return build({
    ...common,
    platform: "browser",
    target: "chrome138",
    entryPoints: { [file.split(/[\\/]/)[2]]: file },
    outdir: "dist/webview",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
  });
}

/**
 * esbuild makes an entry import its runtime chunk for the order of evaluation alone. That chunk does nothing by itself, and
 * each file is a round trip through the page's service worker before the first paint.
 */
async function dropBareImports(file) {
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^(?:import\s*"\.\/chunks\/[^"]+";\s*)+/, ""));
}

async function buildHostTests() {
  return build({
    ...common,
    platform: "node",
    target: "node22",
    minify: false,
    sourcemap: "inline",
    entryPoints: globSync(["test/host/suite.ts", "test/host/**/*.test.ts"]),
    outdir: "out/host-tests",
    outbase: "test/host",
    splitting: true,
    external: ["vscode", "mocha"],
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  });
}

/** The icon font with the icons that the pages' styles name by their code points: a tenth of all. */
async function buildIconFont() {
  const styles = await Promise.all(globSync("src/webview/**/*.ts").map((file) => readFile(file, "utf8")));
  const codePoints = styles.flatMap((text) =>
    [...text.matchAll(/content: "\\\\(e[0-9a-f]{3})"/g)].map(([, code]) => code),
  );
  const icons = String.fromCodePoint(...codePoints.map((code) => Number.parseInt(code, 16)));
  const font = await readFile("node_modules/@vscode/codicons/dist/codicon.ttf");
  await mkdir("dist/webview", { recursive: true });
  await writeFile("dist/webview/codicon.woff2", await subsetFont(font, icons, { targetFormat: "woff2" }));
}

await rm("dist", { recursive: true, force: true });
await rm("out/host-tests", { recursive: true, force: true });
const [extension, webviews] = await Promise.all([
  buildExtension(),
  buildWebviews(),
  ...(productOnly ? [] : [buildHostTests()]),
]);
for (const page of globSync("dist/webview/*.js")) await dropBareImports(page);
await mkdir("out", { recursive: true });
await mkdir("dist/webview", { recursive: true });
await buildIconFont();
await writeFile("out/metafile.json", JSON.stringify({ extension: extension.metafile, webviews: webviews.metafile }));
