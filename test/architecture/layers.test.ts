import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";

/** What each layer may import: other layers, and outside modules by name. The table of the design. */
const LAYERS: Readonly<Record<string, { readonly layers: readonly string[]; readonly modules: RegExp }>> = {
  core: { layers: ["core"], modules: /^$/ },
  gateway: { layers: ["core", "gateway"], modules: /^(node:(net|tls)|eventsource-parser|undici|zod\/mini)$/ },
  store: { layers: ["core", "store"], modules: /^(node:(fs|os|path|sqlite)|zod\/mini)$/ },
  turn: { layers: ["core", "gateway", "store", "turn"], modules: /^p-queue$/ },
  protocol: { layers: ["core", "protocol"], modules: /^zod\/mini$/ },
  extension: {
    layers: ["core", "gateway", "store", "turn", "protocol", "extension"],
    // `node:http` and `node:events` for the port that the sign-in page sends the browser back to, and nothing else.
    modules:
      /^(vscode|fuzzysort|image-size\/types\/.*|jsonc-parser|node:(crypto|events|http|path|fs\/promises)|zod\/mini)$/,
  },
  webview: {
    layers: ["protocol", "webview"],
    modules:
      /^(lit(\/.*)?|@vscode-elements\/elements\/.*|markdown-it(\/.*)?|dompurify|chart\.js|fuzzysort|highlight\.js\/.*)$/,
  },
};

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly target: string;
}

const files = globSync("src/**/*.ts").map((file) => file.split(sep).join("/"));
const imports = files.flatMap(importsOf);

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, "utf8");
  const targets = [
    ...text.matchAll(/^(?:import|export|\})(?:[^"';]*\bfrom)?\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm),
  ];
  return targets.map(([, fixed, late]) => ({ file, layer: layerOf(file), target: fixed ?? late ?? "" }));
}

function layerOf(file: string): string {
  return file.split("/")[1] ?? "";
}

describe("the layers", () => {
  it("are all in the table, and every file is in one", () => {
    assert.deepEqual([...new Set(files.map(layerOf))].toSorted(), Object.keys(LAYERS).toSorted());
    assert.ok(files.length > 80 && imports.length > 200, "the scan sees the code");
  });

  it("import only what the design allows", () => {
    for (const { file, layer, target } of imports) {
      const allowed = LAYERS[layer];
      assert.ok(allowed, file);
      if (!target.startsWith(".")) {
        assert.match(target, allowed.modules, `${file} imports ${target}`);
        continue;
      }
      const inside = normalize(join(dirname(file), target))
        .split(sep)
        .join("/");
      assert.ok(allowed.layers.includes(layerOf(inside)), `${file} imports ${target}`);
    }
  });

  it("keep the way to a model single: only the turn asks the gateway for a chat", () => {
    const callers = files.filter((file) => /\.streamChat\(/.test(readFileSync(file, "utf8")));
    assert.deepEqual(callers, ["src/turn/streamAnswer.ts"]);
  });

  it("keep the key with one reader, and a listening port and the page's API with one user each", () => {
    const using = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(file, "utf8")));
    assert.deepEqual(
      using(/context\.secrets|SecretStorage\b(?!\.)/).filter((file) => !file.endsWith("extension.ts")),
      ["src/extension/platform/secrets.ts"],
    );
    assert.deepEqual(using(/"node:https?"/), ["src/extension/features/signIn/loopbackServer.ts"]);
    assert.deepEqual(using(/acquireVsCodeApi\(\)/), ["src/webview/wayToHost.ts"]);
  });

  it("have neither time nor chance in the core", () => {
    for (const file of files.filter((name) => layerOf(name) === "core")) {
      assert.doesNotMatch(readFileSync(file, "utf8"), /Date\.now|new Date\(\)|Math\.random|setTimeout|process\./, file);
    }
  });
});

describe("the house rules", () => {
  it("are kept: no barrels, no catch-all names, no switched-off checks", () => {
    for (const file of [...files, ...globSync("test/**/*.ts")]) {
      assert.doesNotMatch(file, /(^|\/)(index|utils?|helpers?|common|manager)\.ts$/);
      if (file.endsWith("layers.test.ts")) continue;
      const text = readFileSync(file, "utf8");
      assert.doesNotMatch(text, /@ts-(ignore|nocheck|expect-error)|\b(describe|it)\.(only|skip)\(/, file);
    }
  });
});
