import assert from "node:assert/strict";
import { Position, Selection, type TextDocument, WorkspaceEdit, commands, languages, window, workspace } from "vscode";
import { readAnswerEdits } from "../../src/core/edits/readAnswerEdits.ts";
import { reviewEdits } from "../../src/extension/features/edits/reviewEdits.ts";
import { COMMANDS } from "../../src/extension/platform/contributions.ts";
import { eventually } from "../setup/eventually.ts";
import { type InlineDesk, withInlineDesk } from "./inlineDesk.ts";
import { openFile } from "./openFile.ts";

const CODE = ["export function total(lines) {", "\tlet sum = 0;", "\tfor (const line of lines) sum += line;", "}"];
const NEWS = ["export function total(lines) {", "\tlet all = 0;", "\tfor (const line of lines) all += line;", "}"];
const WITHIN_MS = 8_000;
const KEEP = "Keep What Is There";

describe("an inline edit in trouble", () => {
  let desk: InlineDesk;
  withInlineDesk((opened) => (desk = opened));

  const run = (command: Parameters<InlineDesk["edits"]["run"]>[0]) => desk.edits.run(command, []);
  const ask = () => desk.edits.run(COMMANDS.inlineEdit, [{ instruction: "rename sum to all" }]);
  const has = (document: TextDocument, text: string) =>
    eventually(async () => assert.ok(document.getText().includes(text), document.getText()), WITHIN_MS);

  /** An edit of the whole file, of which so many lines have come. */
  async function begin(name: string, lines = NEWS.length) {
    const document = await openFile(`trouble/${name}`, CODE.join("\n"));
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, CODE.length - 1, 1);
    const asked = ask();
    await eventually(async () => assert.equal(desk.turns.asked, 1), WITHIN_MS);
    desk.turns.say(`\`\`\`\n${NEWS.slice(0, lines).join("\n")}\n`);
    if (lines < NEWS.length) await has(document, NEWS[1] ?? "");
    else {
      desk.turns.say("```");
      desk.turns.end();
      await asked;
    }
    return { document, editor, asked };
  }

  /** The person is asked something, and takes their time. */
  function think(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.thinking = promise;
    return resolve;
  }

  it("pays for nothing where no answer may be long enough for the code", async () => {
    const long = Array.from({ length: 500 }, (_, at) => `export const rate${at} = ${at};`);
    const editor = await window.showTextDocument(await openFile("trouble/long.ts", long.join("\n")));
    editor.selection = new Selection(0, 0, long.length - 1, 1);
    await ask();
    assert.match(desk.told.join("\n"), /This code takes about 4.\d{3} tokens to write, and an answer may have 4.096/);
    assert.equal(desk.turns.asked, 0);
  });

  for (const [finish, sentence] of [
    ["length", /The answer was cut at its longest.* everything is as it was\. It cost/],
    ["filtered", /The provider's filter cut the answer.* everything is as it was\. It cost/],
  ] as const) {
    it(`says why nothing can be applied of an answer that was cut: ${finish}`, async () => {
      const { document, asked } = await begin(`${finish}.js`, 2);
      desk.turns.end(finish);
      await asked;
      assert.match(desk.told.join("\n"), sentence);
      assert.equal(document.getText(), CODE.join("\n"));
    });
  }

  for (const [when, lines] of [
    ["arrives", 2],
    ["waits", NEWS.length],
  ] as const) {
    for (const [choice, keeps] of [
      [KEEP, true],
      ["Take It All Back", false],
    ] as const) {
      it(`leaves what was typed into a change that ${when} until the person has said what is to stay: ${choice}`, async () => {
        const { document, editor, asked } = await begin(`typed-${when}-${keeps}.ts`, lines);
        const decide = think();
        const line = document.getText().split("\n").indexOf("\tlet all = 0;");
        await editor.edit((builder) => builder.insert(new Position(line, 1), "typed "));
        await asked;
        await has(document, "typed let all");
        assert.match(desk.told.at(-1) ?? "", /You edited lines that Waybill is changing/u);
        await document.save();
        assert.equal(new TextDecoder().decode(await workspace.fs.readFile(document.uri)), CODE.join("\n"));
        desk.replies.push(choice);
        decide();
        await eventually(
          async () => assert.deepEqual([desk.state.size, document.getText().includes("typed")], [0, keeps]),
          WITHIN_MS,
        );
        if (!keeps) assert.equal(document.getText(), CODE.join("\n"));
      });
    }
  }

  it("goes on when the document gets another language", async () => {
    const { document } = await begin("language.ts");
    await languages.setTextDocumentLanguage(document, "javascript");
    await run(COMMANDS.acceptAllChanges);
    assert.equal(document.getText(), NEWS.join("\n"));
    assert.deepEqual(desk.verdicts, ["turn-1 accepted"]);
  });

  it("is asked for once when its key is pressed twice", async () => {
    const document = await openFile("trouble/twice.ts", CODE.join("\n"));
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, CODE.length - 1, 1);
    const asked = [ask(), ask()];
    await eventually(async () => assert.ok(desk.turns.asked > 0), WITHIN_MS);
    // Either of them may be the one that is asked.
    await Promise.race(asked);
    assert.equal(desk.turns.asked, 1);
    desk.turns.say(`\`\`\`\n${NEWS.join("\n")}\n\`\`\``);
    desk.turns.end();
    await Promise.all(asked);
    await run(COMMANDS.rejectAllChanges);
    assert.equal(document.getText(), CODE.join("\n"));
  });

  it("is accepted once when that is said twice at once", async () => {
    const { document } = await begin("accepted-twice.ts");
    await Promise.all([run(COMMANDS.acceptAllChanges), run(COMMANDS.acceptAllChanges)]);
    assert.equal(document.getText(), NEWS.join("\n"));
    assert.deepEqual(desk.verdicts, ["turn-1 accepted"]);
    await commands.executeCommand("undo");
    assert.equal(document.getText(), CODE.join("\n"));
  });

  it("asks about signs that cannot be seen also where they come after the first change was accepted", async () => {
    const document = await openFile("trouble/signs.ts", CODE.join("\n"));
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, CODE.length - 1, 1);
    const asked = ask();
    await eventually(async () => assert.equal(desk.turns.asked, 1), WITHIN_MS);
    desk.turns.say(`\`\`\`\n${CODE[0]}\n// first\n${CODE[1]}\n`);
    await has(document, "// first");
    await run(COMMANDS.acceptChange);
    desk.turns.say(`${CODE[2]} // \u202Eneddih\n}\n\`\`\``);
    desk.turns.end();
    await asked;
    await run(COMMANDS.acceptAllChanges);
    assert.match(desk.told.at(-1) ?? "", /signs that cannot be seen/u);
    await run(COMMANDS.rejectAllChanges);
    assert.equal(document.getText(), CODE.toSpliced(1, 0, "// first").join("\n"));
  });

  it("is gone when it is cancelled at the moment in which the answer ends", async () => {
    const { document, asked } = await begin("cancelled.ts", 2);
    desk.turns.say(`${NEWS.slice(2).join("\n")}\n\`\`\``);
    desk.turns.end();
    await Promise.resolve();
    await Promise.all([run(COMMANDS.cancelInlineEdit), asked]);
    assert.equal(document.getText(), CODE.join("\n"));
    assert.deepEqual([desk.told, desk.verdicts, desk.state.size], [[], [], 0]);
  });

  it("lets no other answer be applied to what is shown meanwhile", async () => {
    const { document } = await begin("applied-all.ts");
    const shown = document.getText();
    const answer = `trouble/applied-all.ts\n\`\`\`ts\n${NEWS.join("\n")}\n\`\`\``;
    assert.equal(await reviewEdits(readAnswerEdits(answer), desk.edits), undefined);
    assert.match(desk.told.at(-1) ?? "", /wait in .*applied-all\.ts already/u);
    assert.equal(document.getText(), shown);
    await run(COMMANDS.rejectAllChanges);
  });

  it("takes what waits out of a file that gets another name, and says so", async () => {
    const { document } = await begin("renamed.ts");
    await commands.executeCommand("workbench.action.files.save");
    await run(COMMANDS.showWaitingChanges);
    const to = document.uri.with({ path: document.uri.path.replace("renamed", "other-name") });
    const edit = new WorkspaceEdit();
    edit.renameFile(document.uri, to);
    assert.ok(await workspace.applyEdit(edit));
    assert.equal((await workspace.openTextDocument(to)).getText(), CODE.join("\n"));
    assert.equal(desk.state.size, 0);
    assert.match(desk.told.at(-1) ?? "", /gets another name/u);
  });

  it("is not in a file that is saved without a word to extensions, and can be shown again", async () => {
    const { document } = await begin("as-it-is.ts");
    await commands.executeCommand("workbench.action.files.saveWithoutFormatting");
    const onDisk = async () => new TextDecoder().decode(await workspace.fs.readFile(document.uri));
    await eventually(async () => assert.equal(await onDisk(), CODE.join("\n")), WITHIN_MS);
    await run(COMMANDS.showWaitingChanges);
    await run(COMMANDS.acceptAllChanges);
    assert.equal(document.getText(), NEWS.join("\n"));
  });
});
