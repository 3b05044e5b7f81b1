import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readAnswerEdits } from "../../src/core/edits/readAnswerEdits.ts";
import type { Proposal } from "../../src/extension/features/codeActions/proposalDiffs.ts";
import { DisposableStore } from "../../src/extension/platform/disposableStore.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";

const BEFORE = "one\ntwo\nthree\n";
const TYPED = `zero\n${BEFORE}`;
/** The second file decides what is run, so that the person is asked once more in between. */
const ANSWER = ["src/a.ts", "package.json"].map((path) => `*** Update File: ${path}\n@@\n-two\n+TWO`).join("\n");
const EDITS = readAnswerEdits(`*** Begin Patch\n${ANSWER}\n*** End Patch`);

/** A document into which the person can type. */
class Document {
  readonly uri: { readonly path: string; toString(): string };
  readonly languageId = "typescript";
  readonly eol = 1;
  version = 1;
  isClosed = false;
  text = BEFORE;
  /** What it held when it was first looked at. */
  firstRead: string | undefined;

  constructor(uri: Document["uri"]) {
    this.uri = uri;
  }

  type(text: string): void {
    this.text = text;
    this.version += 1;
  }

  getText(): string {
    this.firstRead ??= this.text;
    return this.text;
  }

  positionAt(offset: number): number {
    return offset;
  }

  offsetAt(offset: number): number {
    return offset;
  }
}

describe("promise 18: only a change of that text is written which the person saw", () => {
  let editor: EditorStage;
  let documents: Map<string, Document>;
  /** What the editor was told to write, with the files' texts at that moment. */
  let applied: ReadonlyMap<string, string>[];
  /** Called whenever the code waits for the editor or the person; the count of it so far. */
  let onWait: (count: number) => void;
  let waits: number;

  before(async () => {
    editor = openEditorStage();
    const { WorkspaceEdit } = await import("vscode");
    for (const name of ["replace", "insert", "createFile"]) {
      Reflect.set(WorkspaceEdit.prototype, name, (...told: unknown[]) => made.push([name, ...told]));
    }
    const listen = () => ({ dispose: () => undefined });
    const wait = () => onWait((waits += 1));
    editor.change("workspace", {
      ...{ onDidChangeTextDocument: listen, onWillSaveTextDocument: listen },
      ...{ onDidCreateFiles: listen, onDidDeleteFiles: listen },
      openTextDocument: async (uri: Document["uri"]) => {
        wait();
        return documentOf(uri);
      },
      applyEdit: async () => {
        applied.push(new Map([...documents].map(([path, { text }]) => [path, text])));
        return false;
      },
    });
    editor.change("window", { tabGroups: { all: [], close: async () => true, onDidChangeTabs: listen } });
    editor.answer = ({ choices }) => {
      wait();
      return choices.find((choice) => choice === "Change");
    };
    for (const name of ["src/a.ts", "package.json"]) writeFileSync(join(editor.project, name), BEFORE);
  });
  after(() => editor.remove());
  beforeEach(() => {
    documents = new Map();
    applied = [];
    made.length = 0;
    editor.questions.length = 0;
    onWait = () => undefined;
    waits = 0;
  });

  const made: unknown[][] = [];

  function documentOf(uri: Document["uri"]): Document {
    const document = documents.get(uri.path) ?? new Document(uri);
    documents.set(uri.path, document);
    return document;
  }

  const said = () => editor.questions.map(({ text }) => text).join("\n");

  describe("of an answer to several files", () => {
    const review = async () => {
      const { reviewEdits } = await import("../../src/extension/features/edits/reviewEdits.ts");
      await reviewEdits(EDITS, { isFree: () => true });
    };

    it("is handed to the editor's preview when nothing was typed meanwhile", async () => {
      await review();
      assert.equal(applied.length, 1);
      assert.equal(made.filter(([name]) => name === "replace").length, 2);
      assert.ok(
        editor.questions.some(({ isModal }) => isModal),
        "the person was asked in between",
      );
    });

    for (const file of ["src/a.ts", "package.json"]) {
      for (const [when, later] of [
        ["at", (act: () => void) => act()],
        ["right after", (act: () => void) => queueMicrotask(() => queueMicrotask(act))],
      ] as const) {
        it(`is refused when somebody types into ${file} ${when} any moment of it`, async () => {
          await review();
          const moments = waits;
          assert.ok(moments > 5, `${moments} moments`);
          let refused = 0;
          for (let moment = 1; moment <= moments; moment += 1) {
            documents = new Map();
            [applied, waits, editor.questions.length] = [[], 0, 0];
            onWait = (count) => {
              const document = documents.get(join(editor.project, file));
              if (count === moment) later(() => document?.type(TYPED));
            };
            await review();
            for (const texts of applied) {
              for (const [path, text] of texts) assert.equal(text, documents.get(path)?.firstRead, `moment ${moment}`);
            }
            if (applied.length === 0) {
              refused += 1;
              assert.match(said(), /A file was changed in the meantime\. Nothing was written/);
            }
          }
          assert.ok(refused > 1, `${refused} of ${moments} refused`);
        });
      }
    }
  });

  describe("of one proposal", () => {
    async function accept(name: string, meanwhile: (document: Document, isAsked: boolean) => void): Promise<Document> {
      const { Uri } = await import("vscode");
      const { ProposalDiffs } = await import("../../src/extension/features/codeActions/proposalDiffs.ts");
      const disposables = new DisposableStore();
      const services = { disposables, context: { workspaceState: { get: () => undefined } } };
      const diffs = new ProposalDiffs(services as never);
      const document = documentOf(Uri.file(join(editor.project, name)));
      const target = { document, version: document.version, range: { start: 4, end: 7 } };
      const proposal: Proposal = diffs.create(target as never, () => assert.fail("nothing was judged"));
      diffs.settle(proposal, "TWO");
      meanwhile(document, false);
      onWait = () => meanwhile(document, true);
      try {
        await diffs.accept(proposal);
      } finally {
        disposables.dispose();
      }
      return document;
    }

    it("is handed to the editor when nothing was typed meanwhile", async () => {
      await accept("package.json", () => undefined);
      assert.equal(applied.length, 1);
    });

    for (const [what, change] of [
      ["typed into", (document: Document) => document.type(TYPED)],
      ["typed into and put back", (document: Document) => document.type(BEFORE)],
      ["closed", (document: Document) => void (document.isClosed = true)],
    ] as const) {
      for (const isAsked of [false, true]) {
        it(`is refused when the file was ${what} ${isAsked ? "while the person was asked" : "before it was accepted"}`, async () => {
          await accept("package.json", (document, asked) => {
            if (asked === isAsked) change(document);
          });
          assert.deepEqual([applied, made], [[], []]);
          assert.match(said(), /The file has changed since this change was proposed/);
          assert.equal(
            editor.questions.some(({ isModal }) => isModal),
            isAsked,
          );
        });
      }
    }
  });

  it("of a new file is written over none that has come into being: before it is asked, and by the editor's word after", async () => {
    const { Uri } = await import("vscode");
    const { acceptNewFile } = await import("../../src/extension/features/codeActions/acceptNewFile.ts");
    assert.equal(await acceptNewFile(Uri.file(join(editor.project, "src/a.ts")), "new\n"), false);
    assert.deepEqual([applied, made], [[], []]);
    assert.match(said(), /has come into being since/);
    assert.equal(await acceptNewFile(Uri.file(join(editor.project, "src/new.ts")), "new\n"), false);
    assert.deepEqual(made[0]?.[2], { overwrite: false, ignoreIfExists: false });
  });
});
