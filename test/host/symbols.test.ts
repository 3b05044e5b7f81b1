import assert from "node:assert/strict";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Disposable,
  DocumentSymbol,
  Location,
  Range,
  Selection,
  SymbolInformation,
  SymbolKind,
  Uri,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";
import { openSymbol, resolveSymbols } from "../../src/extension/features/chat/codeBlocks/symbolsInWorkspace.ts";
import { nearbyBase, nearbyItem } from "../../src/extension/features/chat/mentions/nearbySymbols.ts";

const USED = "one\ntwo\nfunction helperOf() {\n  return 1;\n}\n";
const USING = "helperOf();\nlocalOf();\nsecretOf();\nlinkedOf();\ninside();\n\nfunction localOf() {}\n";

/** However busy the machine is. */
const WITHIN_MS = 30_000;

const folder = (): Uri => workspace.workspaceFolders?.[0]?.uri ?? assert.fail("the host opens a workspace");
const place = (path: string): Uri => Uri.joinPath(folder(), "symbols", path);

/** Where each name is said to be. No language server, whose start would be waited for. */
const PLACES: Readonly<Record<string, () => readonly Location[]>> = {
  helperOf: () => [new Location(place("used.txt"), new Range(2, 9, 2, 17))],
  localOf: () => [new Location(place("using.txt"), new Range(6, 0, 6, 21))],
  secretOf: () => [new Location(place(".env"), new Range(0, 0, 0, 6))],
  linkedOf: () => [new Location(place("linked.txt"), new Range(0, 0, 0, 6))],
  inside: () => [new Location(place("using.txt"), new Range(4, 0, 4, 6))],
  outsideOf: () => [new Location(Uri.file("/etc/hosts"), new Range(0, 0, 0, 1))],
  twiceOf: () => [
    new Location(place("used.txt"), new Range(0, 0, 0, 1)),
    new Location(place("using.txt"), new Range(0, 0, 0, 1)),
  ],
};

describe("symbols in the editor", () => {
  const disposables: Disposable[] = [];
  const asked: string[] = [];
  let elsewhere: string;

  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    elsewhere = await mkdtemp(join(tmpdir(), "waybill-symbols-"));
    await writeFile(join(elsewhere, "linked.txt"), "linked");
    const texts = { "used.txt": USED, "using.txt": USING, ".env": "secretOf" };
    for (const [path, text] of Object.entries(texts)) {
      await workspace.fs.writeFile(place(path), new TextEncoder().encode(text));
    }
    await symlink(join(elsewhere, "linked.txt"), place("linked.txt").fsPath);
    const pattern = "**/symbols/*.txt";
    disposables.push(
      languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: (query) => {
          asked.push(query);
          const places = PLACES[query]?.() ?? [];
          const container = query === "helperOf" ? "Tools" : "";
          // As TypeScript's own service writes functions.
          return [...places, ...(PLACES["helperOf"]?.() ?? [])].map(
            (location, index) =>
              new SymbolInformation(
                index < places.length ? `${query}()` : "other",
                SymbolKind.Function,
                container,
                location,
              ),
          );
        },
      }),
      languages.registerDefinitionProvider(
        { pattern },
        {
          provideDefinition: (document, position) => [
            ...(PLACES[document.getText(document.getWordRangeAtPosition(position))]?.() ?? []),
          ],
        },
      ),
      languages.registerDocumentSymbolProvider(
        { pattern },
        {
          provideDocumentSymbols: ({ uri }) => {
            if (!uri.path.endsWith("used.txt")) return [];
            return [
              new DocumentSymbol("helperOf", "", SymbolKind.Function, new Range(2, 0, 4, 1), new Range(2, 9, 2, 17)),
            ];
          },
        },
      ),
    );
  });
  after(async () => {
    for (const each of disposables) each.dispose();
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(Uri.joinPath(folder(), "symbols"), { recursive: true });
    await rm(elsewhere, { recursive: true });
  });

  it("are found by their exact names, in one file of the workspace only", async () => {
    const names = [
      "helperOf",
      "Tools.helperOf()",
      "Other.helperOf",
      "outsideOf",
      "twiceOf",
      "linkedOf",
      "nothingOf",
      "word",
    ];
    assert.deepEqual(await resolveSymbols(names), ["helperOf", "Tools.helperOf()"]);
    assert.ok(!asked.includes("word"));
  });

  it("are asked about no more than a language server bears", async () => {
    asked.length = 0;
    await resolveSymbols(Array.from({ length: 50 }, (_each, index) => `nameOf${index}`));
    assert.equal(new Set(asked).size, 25);
  });

  it("are opened where they stand", async () => {
    await openSymbol("helperOf");
    const editor = window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), place("used.txt").toString());
    assert.deepEqual([editor?.selection.active.line, editor?.selection.active.character], [2, 9]);
  });

  it("do not go along where nothing is defined around the cursor, or nothing is known", async () => {
    const editor = await window.showTextDocument(await workspace.openTextDocument(place("using.txt")));
    editor.selection = new Selection(0, 0, 0, 0);
    assert.equal(await nearbyBase(editor), undefined);
    const base = { document: editor.document, range: new Range(4, 0, 5, 0) };
    assert.equal(await nearbyItem(base, WITHIN_MS), undefined);
  });

  it("are looked up in what is selected, else in the definition around the cursor, in a file that may be sent", async () => {
    const editor = await window.showTextDocument(await workspace.openTextDocument(place("used.txt")));
    editor.selection = new Selection(3, 2, 3, 2);
    const around = await nearbyBase(editor);
    assert.deepEqual([around?.name, around?.range.start.line, around?.range.end.line], ["helperOf", 2, 4]);
    editor.selection = new Selection(0, 0, 1, 0);
    const selected = await nearbyBase(editor);
    assert.deepEqual([selected?.name, selected?.range.end.line], [undefined, 1]);
    const rules = Uri.joinPath(folder(), "symbols/.aiexclude");
    await workspace.fs.writeFile(rules, new TextEncoder().encode("used.txt\n"));
    assert.equal(await nearbyBase(editor), undefined);
    editor.selection = new Selection(3, 2, 3, 2);
    assert.equal(await nearbyBase(editor), undefined);
    await workspace.fs.delete(rules);
    assert.equal((await nearbyBase(editor))?.name, "helperOf");
  });
});
