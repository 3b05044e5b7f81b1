import { forbiddenCode } from "./forbiddenCode.ts";

/** What each bundle may load of Node: files, addresses, the ledger. Nothing that starts programs, threads or other code. */
const MODULES = [
  ...["vscode", "node:crypto", "node:fs", "node:fs/promises", "node:net", "node:os", "node:path", "node:sqlite"],
  "node:tls",
];

/** The one bundle with undici inside: it alone speaks to the network by itself, and checks certificates. */
const TRANSPORT = "directTransport.cjs";

/** What single bundles may load beside them. */
const MORE_MODULES: Readonly<Record<string, readonly string[]>> = {
  // Signing in waits on this machine for the one answer that the browser brings.
  "commandParts.cjs": ["node:events", "node:http"],
  // undici; of `worker_threads` it asks only to keep its objects in one thread.
  [TRANSPORT]: [
    ...["assert", "async_hooks", "buffer", "diagnostics_channel", "events", "http", "http2", "perf_hooks"],
    ...["querystring", "stream", "stream/web", "util", "util/types", "worker_threads", "zlib"],
  ].map((name) => `node:${name}`),
};

const LOADED = /\b(?:require|import)\(\s*"([^"]+)"\s*\)|\b(?:from|import)\s*"([\w@./:-]+)"/g;
const OF_TRANSPORT_ALONE = /\bundici\b|\brejectUnauthorized\b|\bdispatcher\b/g;

/** One sentence for each thing that a bundle does or loads and must not. `file` is its path in the package. */
export function shippedCodeProblems(file: string, code: string): string[] {
  const isTransport = file.endsWith(`/${TRANSPORT}`);
  const allowed = new Set([...MODULES, ...(MORE_MODULES[file.split("/").at(-1) ?? ""] ?? [])]);
  const loaded = new Set([...code.matchAll(LOADED)].map((names) => names[1] ?? names[2] ?? ""));
  const strange = [...loaded].filter((name) => !/^\.\/[\w./-]+\.c?js$/.test(name) && !allowed.has(name));
  const elsewhere = isTransport ? [] : [...new Set(code.match(OF_TRANSPORT_ALONE))];
  return [
    ...forbiddenCode(file, code),
    ...strange.map((name) => `${file} loads ${name}.`),
    ...elsewhere.map((word) => `${file} holds ${word}, which belongs into ${TRANSPORT} alone.`),
  ];
}
