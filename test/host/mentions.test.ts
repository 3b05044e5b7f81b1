import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Diagnostic,
  DiagnosticSeverity,
  DocumentSymbol,
  Range,
  Selection,
  SymbolKind,
  Uri,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";
import { eventually } from "../setup/eventually.ts";
import { contextText } from "../../src/core/conversation/buildMessages.ts";
import { ContextPreview } from "../../src/extension/features/chat/mentions/contextPreview.ts";
import { droppedItems } from "../../src/extension/features/chat/mentions/dropFiles.ts";
import { diffItem } from "../../src/extension/features/chat/mentions/gitDiff.ts";
import { readInstructions } from "../../src/extension/features/chat/mentions/instructions.ts";
import { MentionSource } from "../../src/extension/features/chat/mentions/mentionSource.ts";
import {
  type NotAttached,
  type PendingItem,
  isAttached,
} from "../../src/extension/features/chat/mentions/pendingItem.ts";

interface GitExports {
  getAPI(version: 1): { openRepository(root: Uri): Promise<unknown> };
}

const FUNCTIONS = "function first() {\n  return 1;\n}\n\nfunction second() {\n  return 2;\n}\n";

function folder(): Uri {
  const uri = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri, "the host opens a workspace");
  return uri;
}

async function write(path: string, content: string | Uint8Array): Promise<Uri> {
  const uri = Uri.joinPath(folder(), path);
  await workspace.fs.writeFile(uri, typeof content === "string" ? new TextEncoder().encode(content) : content);
  return uri;
}

function attached(item: PendingItem | NotAttached | undefined): PendingItem {
  assert.ok(item !== undefined && isAttached(item), JSON.stringify(item));
  return item;
}

const textOf = (item: PendingItem) => item.parts.join("");

describe("mentions in the editor", () => {
  let source: MentionSource;
  const labels = async (query: string) => (await source.complete(query)).map(({ label }) => label);
  async function mention(query: string, label: string): Promise<PendingItem | NotAttached | undefined> {
    const found = (await source.complete(query)).find((each) => each.label === label);
    assert.ok(found, `${label} is not offered for ${query}`);
    return source.read(found.id);
  }

  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    await write("mentions/shop.ts", FUNCTIONS);
    await write("mentions/shelf.txt", FUNCTIONS);
    await write("mentions/.gitignore", "*.skipped\n");
    await write("mentions/notes.skipped", "ignored");
    await write("mentions/.env", "KEY=secret");
    await write("mentions/id_rsa", "secret");
    await write("mentions/picture.bin", new Uint8Array([1, 0, 2]));
    await write("mentions/large.txt", "x".repeat(1_000_001));
  });
  beforeEach(() => {
    source = new MentionSource();
  });
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await workspace.fs.delete(Uri.joinPath(folder(), "mentions"), { recursive: true });
  });

  it("offer files, and none that git ignores or that holds secrets", async () => {
    assert.ok((await labels("shop")).includes("shop.ts"));
    assert.ok(!(await labels("notes.skipped")).includes("notes.skipped"));
    assert.ok(!(await labels(".env")).includes(".env"));
    assert.ok(!(await labels("id_rsa")).includes("id_rsa"));
    assert.ok((await labels("")).length <= 20);
    assert.equal(await source.read(`file:${Uri.joinPath(folder(), "mentions/.env").toString()}`), undefined);
  });

  it("offer no link that leads out of the workspace, and read nothing through it", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "waybill-elsewhere-"));
    try {
      writeFileSync(join(elsewhere, "private-words.ts"), "private words");
      const at = (path: string) => Uri.joinPath(folder(), path).fsPath;
      symlinkSync(join(elsewhere, "private-words.ts"), at("mentions/linked-words.ts"));
      symlinkSync(elsewhere, at("mentions/linked-folder"));
      symlinkSync(at("mentions/shop.ts"), at("mentions/linked-shop.ts"));
      assert.ok((await labels("linked-shop")).includes("linked-shop.ts"));
      assert.ok(!(await labels("linked-words")).includes("linked-words.ts"));
      assert.ok(!(await labels("private-words")).includes("private-words.ts"));
      assert.doesNotMatch(textOf(attached(await mention("mentions", "mentions/"))), /private words/);
    } finally {
      for (const link of ["linked-words.ts", "linked-folder", "linked-shop.ts"]) {
        rmSync(Uri.joinPath(folder(), "mentions", link).fsPath, { force: true });
      }
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("take a file whole, with what is not saved, and refuse what is no text or too large", async () => {
    const item = attached(await mention("shop", "shop.ts"));
    assert.deepEqual([item.label, textOf(item)], ["mentions/shop.ts", FUNCTIONS]);
    assert.deepEqual(await mention("picture", "picture.bin"), {
      notice: "mentions/picture.bin is no text, so it was not attached. Nothing was sent.",
    });
    assert.deepEqual(await mention("large.txt", "large.txt"), {
      notice: "mentions/large.txt is larger than 1 MB, so it was not attached. Nothing was sent.",
    });
  });

  it("take a folder's text files only, and say what is missing", async () => {
    const item = attached(await mention("mentions", "mentions/"));
    assert.match(textOf(item), /mentions\/shop\.ts:\n```ts\nfunction first/);
    assert.doesNotMatch(textOf(item), /secret|ignored/);
    assert.match(item.remark ?? "", /^2 of \d files not taken/);
  });

  it("take a symbol of the file in the editor, the selection, and the open editors", async () => {
    const document = await workspace.openTextDocument(Uri.joinPath(folder(), "mentions/shelf.txt"));
    // No language server, whose start would be waited for.
    const provider = languages.registerDocumentSymbolProvider(
      { pattern: "**/shelf.txt" },
      {
        provideDocumentSymbols: () =>
          [0, 4].map((line) => {
            const range = new Range(line, 0, line + 2, 1);
            return new DocumentSymbol(line === 0 ? "first" : "second", "", SymbolKind.Function, range, range);
          }),
      },
    );
    try {
      const editor = await window.showTextDocument(document);
      editor.selection = new Selection(4, 0, 5, 0);
      // The editor takes a moment to know of the provider.
      const symbol = attached(await eventually(() => mention("second", "second"), 10_000));
      assert.deepEqual(
        [symbol.label, textOf(symbol)],
        ["second in mentions/shelf.txt:5-7", "function second() {\n  return 2;\n}\n"],
      );
      assert.equal(textOf(attached(await mention("", "Selection"))), "function second() {\n");
      assert.match(textOf(attached(await mention("", "Open editors"))), /mentions\/shelf\.txt:\n/);
    } finally {
      provider.dispose();
    }
  });

  it("take the errors and warnings of the file in the editor", async () => {
    const document = await workspace.openTextDocument(Uri.joinPath(folder(), "mentions/shop.ts"));
    await window.showTextDocument(document);
    const collection = languages.createDiagnosticCollection("mentions");
    try {
      collection.set(document.uri, [
        new Diagnostic(new Range(1, 0, 1, 3), "this is wrong"),
        new Diagnostic(new Range(2, 0, 2, 1), "only a hint", DiagnosticSeverity.Hint),
      ]);
      const text = textOf(attached(await mention("problems", "Problems in this file")));
      assert.match(text, /^mentions\/shop\.ts:2: error: this is wrong\n/);
      assert.doesNotMatch(text, /hint/);
    } finally {
      collection.dispose();
    }
  });

  it("say that VS Code gives no extension the terminal's selection", async () => {
    const refused = await mention("terminal", "Terminal selection");
    assert.ok(refused !== undefined && "notice" in refused);
    assert.match(refused.notice, /paste it/);
  });

  it("take what is dropped from the workspace, and never a file of secrets", async () => {
    const uri = (path: string) => Uri.joinPath(folder(), path).toString();
    const [file, secret] = await droppedItems([uri("mentions/shop.ts"), uri("mentions/.env"), "command:quit", "%"]);
    assert.equal(textOf(attached(file)), FUNCTIONS);
    assert.ok(
      secret !== undefined &&
        "notice" in secret &&
        secret.notice.startsWith("mentions/.env is likely to hold secrets (built-in rule)"),
    );
  });

  it("show exactly what is sent in a document that cannot be changed", async () => {
    const preview = new ContextPreview();
    try {
      const item = attached(await mention("shop", "shop.ts"));
      const code = { ...item, text: textOf(item), kind: "file" } as const;
      await preview.show(code);
      assert.equal(window.activeTextEditor?.document.getText(), contextText(code));
      assert.equal(window.activeTextEditor?.document.uri.scheme, "waybill-context");
    } finally {
      preview.dispose();
    }
  });

  it("read the project's instructions, up to 32 KB", async () => {
    await write("AGENTS.md", `Use tabs.\n${"Be brief.\n".repeat(4_000)}`);
    try {
      const [item, ...others] = await readInstructions();
      assert.equal(others.length, 0);
      assert.deepEqual([item?.label, item?.remark], ["AGENTS.md", "only the first 32 KB"]);
      assert.ok(textOf(attached(item)).startsWith("Use tabs.\nBe brief.\n"));
    } finally {
      await workspace.fs.delete(Uri.joinPath(folder(), "AGENTS.md"));
    }
  });

  it("take what is changed and not committed, without files of secrets", async () => {
    const git = (...args: string[]) => execFileSync("git", ["-C", folder().fsPath, ...args]);
    const refused = await diffItem();
    assert.ok("notice" in refused && /No Git repository is open/.test(refused.notice), JSON.stringify(refused));
    // It stays: VS Code goes on asking git about it, and the folder is thrown away with the window.
    git("init", "-q");
    git("add", "-f", "mentions/shop.ts", "mentions/.env");
    git("-c", "user.name=n", "-c", "user.email=e@x", "commit", "-qm", "first");
    const extension = extensions.getExtension<GitExports>("vscode.git");
    await (await extension?.activate())?.getAPI(1).openRepository(folder());
    const unchanged = await diffItem();
    assert.ok("notice" in unchanged && unchanged.notice.startsWith("Nothing is changed"), JSON.stringify(unchanged));
    await write("mentions/shop.ts", FUNCTIONS.replace("return 1", "return 3"));
    await write("mentions/.env", "KEY=changed");
    const item = attached(await diffItem());
    assert.match(textOf(item), /^-  return 1;\n\+  return 3;$/m);
    assert.doesNotMatch(textOf(item), /KEY/);
  });
});
