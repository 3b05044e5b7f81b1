import assert from "node:assert/strict";
import { chmod, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EndOfLine, Uri, commands, window, workspace } from "vscode";
import { readAnswerEdits } from "../../src/core/edits/readAnswerEdits.ts";
import { insertCode } from "../../src/extension/features/chat/codeBlocks/insertCode.ts";
import { planAnswer } from "../../src/extension/features/edits/planAnswer.ts";
import { realPlace, whyNotWritable } from "../../src/extension/features/edits/realPlace.ts";
import { reviewEdits } from "../../src/extension/features/edits/reviewEdits.ts";
import { mayWrite } from "../../src/extension/features/edits/writeGate.ts";
import { writeText } from "../../src/extension/features/edits/writeText.ts";

function folder(): Uri {
  const uri = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri, "the host opens a workspace");
  return uri;
}

async function write(name: string, text: string): Promise<Uri> {
  const uri = Uri.joinPath(folder(), name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function read(uri: Uri): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await workspace.fs.readFile(uri));
}

const PAUSE_MS = 100;

/** Closes the editor's preview until the review is over. */
async function discard<Result>(review: Promise<Result>): Promise<Result> {
  const closing = setInterval(() => void commands.executeCommand("refactorPreview.discard"), PAUSE_MS);
  try {
    return await review;
  } finally {
    clearInterval(closing);
  }
}

const SEVERAL = `*** Begin Patch
*** Update File: gate/one.txt
@@
-two
+2
*** Add File: gate/new.txt
+new
*** Delete File: gate/gone.txt
*** Update File: gate/old.txt
*** Move to: gate/moved.txt
@@
-old
+moved
*** End Patch`;

describe("writing files", () => {
  it("asks by name before code is inserted into a file that decides what is run", async () => {
    const uri = await write("gate/package.json", "{}\n");
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    const asked: string[] = [];
    const real = window.showWarningMessage;
    const answer = (reply: string | undefined) =>
      Reflect.set(window, "showWarningMessage", async (sentence: string) => {
        asked.push(sentence);
        return reply;
      });
    try {
      answer(undefined);
      assert.equal(await insertCode('"scripts"'), false);
      assert.equal(document.getText(), "{}\n");
      answer("Change");
      assert.equal(await insertCode('"scripts"'), true);
      assert.match(document.getText(), /"scripts"/);
    } finally {
      Reflect.set(window, "showWarningMessage", real);
    }
    assert.equal(asked.length, 2);
    for (const sentence of asked) assert.match(sentence, /gate\/package\.json/);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("keeps line ends, the byte order mark and everything beside the change, as one undo step", async () => {
    const uri = await write("gate/crlf.txt", "\uFEFFone\r\ntwo\r\nthree\r\n");
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    assert.equal(document.eol, EndOfLine.CRLF);
    assert.equal(await writeText(document, "1\r\ntwo\r\n3\r\nfour\r\n"), true);
    await document.save();
    assert.equal(await read(uri), "\uFEFF1\r\ntwo\r\n3\r\nfour\r\n");
    await commands.executeCommand("undo");
    await document.save();
    assert.equal(await read(uri), "\uFEFFone\r\ntwo\r\nthree\r\n");
  });

  it("is possible without a question in a plain file of the workspace", async () => {
    const uri = await write("gate/plain.txt", "one\n");
    assert.equal(await mayWrite([{ uri, textBefore: "one\n", textAfter: "two\n" }]), true);
    const untitled = await workspace.openTextDocument({ content: "one" });
    assert.equal(await mayWrite([{ uri: untitled.uri, textBefore: "one", textAfter: "two" }]), true);
  });

  it("sees where a file really is", async () => {
    const plain = await write("gate/real.txt", "x");
    assert.deepEqual(await realPlace(plain), { path: "gate/real.txt", isOutside: false });
    const inside = Uri.joinPath(folder(), "gate", "link-inside.txt");
    await symlink(plain.fsPath, inside.fsPath);
    assert.deepEqual(await realPlace(inside), { path: "gate/real.txt", isOutside: false });
    const outside = Uri.joinPath(folder(), "gate", "link-outside");
    await symlink(tmpdir(), outside.fsPath);
    assert.equal((await realPlace(Uri.joinPath(outside, "x.txt"))).isOutside, true);
    assert.equal((await realPlace(Uri.joinPath(outside, "not-there", "x.txt"))).isOutside, true);
    assert.equal((await realPlace(Uri.file(join(folder().fsPath, "..", "x.txt")))).isOutside, true);
    assert.deepEqual(await realPlace(Uri.joinPath(folder(), "not", "there.txt")), {
      path: "not/there.txt",
      isOutside: false,
    });
  });

  it("is refused for what cannot be written", async () => {
    const uri = await write("gate/locked.txt", "x");
    assert.equal(await whyNotWritable(uri), undefined);
    await chmod(uri.fsPath, 0o444);
    // Whoever may do everything may write this, too.
    if (process.getuid?.() !== 0) assert.equal(await whyNotWritable(uri), "is read-only");
    assert.equal(await whyNotWritable(Uri.joinPath(folder(), "gate", "never.txt")), "is not there any more");
    assert.match((await whyNotWritable(Uri.parse("waybill-proposal:/a.txt"))) ?? "", /only shown here/u);
  });
});

describe("an answer about several files", () => {
  it("is planned for each: changed, created, deleted, renamed", async () => {
    await write("gate/one.txt", "one\ntwo\n");
    await write("gate/gone.txt", "gone\n");
    await write("gate/old.txt", "old\n");
    const { files, strange } = await planAnswer(
      readAnswerEdits(`${SEVERAL}\n${SEVERAL.replaceAll("gate/", "../gate/")}`),
    );
    assert.deepEqual(
      files.map(({ name, plan }) => [name, plan.kind]),
      [
        ["gate/one.txt", "change"],
        ["gate/new.txt", "create"],
        ["gate/gone.txt", "delete"],
        ["gate/old.txt", "change"],
      ],
    );
    assert.ok(strange.length > 0 && strange.every((name) => name.startsWith("../")));
  });

  it("is not written before it is taken in the preview", async () => {
    const edits = readAnswerEdits(SEVERAL.replace("*** Delete File: gate/gone.txt\n", ""));
    assert.equal(await discard(reviewEdits(edits, { isFree: () => true })), undefined);
    const at = (name: string) => Uri.joinPath(folder(), "gate", name);
    assert.equal((await workspace.openTextDocument(at("one.txt"))).getText(), "one\ntwo\n");
    assert.equal(await read(at("old.txt")), "old\n");
    for (const name of ["new.txt", "moved.txt"]) await assert.rejects(async () => workspace.fs.stat(at(name)), name);
  });
});
