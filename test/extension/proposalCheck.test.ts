import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import type { Uri } from "vscode";
import type { ProposedChange } from "../../src/extension/features/codeActions/proposedChange.ts";

const ADDRESS = "waybill-test:diagnostics";
const PLACE = "waybillTestDiagnostics";
const URI = { scheme: "waybill-proposal", path: "/a.ts" };
const BROKEN = "```ts\nfunction a( {\n```";

/** A language service that calls every text with `( {` wrong, as often as a text is shown. */
function languageService() {
  const listeners = new Set<(event: { uris: readonly unknown[] }) => void>();
  let shown = "";
  const error = { message: "')' expected.", severity: 0, range: { start: { line: 0 } } };
  Reflect.set(globalThis, PLACE, {
    getDiagnostics: () => [[URI, shown.includes("( {") ? [error] : []]],
    onDidChangeDiagnostics: (listener: (event: { uris: readonly unknown[] }) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  });
  return {
    show: (text: string) => {
      if (text === shown) return;
      shown = text;
      setImmediate(() => listeners.forEach((listener) => listener({ uris: [URI] })));
    },
  };
}

const STAND_IN = `export const languages = globalThis.${PLACE}; export const DiagnosticSeverity = { Error: 0, Warning: 1 };
  export const Range = class {}; export const workspace = {}; export const window = {};`;

/** Other tests of this process load the same modules with an editor of their own, so these are loaded under names of their own. */
const OWN = "?with-diagnostics";
const hooks = registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "vscode") return { url: ADDRESS, shortCircuit: true };
    const resolved = next(specifier, context);
    return { ...resolved, url: `${resolved.url}${OWN}` };
  },
  load: (url, context, next) =>
    url === ADDRESS
      ? { format: "module", source: STAND_IN, shortCircuit: true }
      : next(url.endsWith(OWN) ? url.slice(0, -OWN.length) : url, context),
});

const service = languageService();
const { ProposalCheck } = await import("../../src/extension/features/codeActions/proposalCheck.ts");
hooks.deregister();

function changeOf(text: string): ProposedChange {
  const document = { getText: () => text, offsetAt: ({ character }: { character: number }) => character };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: text.length } };
  return { target: { document, range } } as never;
}

async function look(original: string, answer: string): Promise<unknown> {
  const check = new ProposalCheck(changeOf(original), URI as Uri, service.show);
  try {
    const { signal } = new AbortController();
    const first = await check.look(answer, signal);
    assert.equal(await check.look(answer, signal), first, "an answer is looked at once");
    return first;
  } finally {
    check.dispose();
  }
}

describe("what the editor says of a proposed change", function () {
  this.timeout(20_000);

  it("is that it leaves errors which the original did not have", async () => {
    assert.deepEqual(await look("function a() {}", BROKEN), {
      kind: "failed",
      lesson: "leaves new errors (line 1 of the code: ')' expected.)",
    });
  });

  it("is nothing where the errors were there before, or where there are none", async () => {
    assert.deepEqual(await look("function b( {", BROKEN), { kind: "passed" });
    assert.deepEqual(await look("function a() {}", "```ts\nfunction c() {}\n```"), { kind: "passed" });
  });
});
