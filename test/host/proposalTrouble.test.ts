import assert from "node:assert/strict";
import { Range, type TextDocument, Uri, commands, workspace } from "vscode";
import { readAnswerEdits } from "../../src/core/edits/readAnswerEdits.ts";
import { FixProposals } from "../../src/extension/features/codeActions/fixProposals.ts";
import { documentTarget } from "../../src/extension/features/codeActions/targetCode.ts";
import { planAnswer } from "../../src/extension/features/edits/planAnswer.ts";
import { OPEN_EDITS_KEY } from "../../src/extension/features/inlineEdit/openEditsKey.ts";
import { ReviewComments } from "../../src/extension/features/stagedReview/reviewComments.ts";
import { eventually } from "../setup/eventually.ts";
import { type InlineDesk, openInlineDesk } from "./inlineDesk.ts";
import { openFile } from "./openFile.ts";

const WITHIN_MS = 8_000;

describe("changes that are proposed beside a file, in trouble", () => {
  let desk: InlineDesk;
  let proposals: FixProposals;

  beforeEach(() => {
    desk = openInlineDesk();
    proposals = new FixProposals(desk.services as never);
  });
  afterEach(() => desk.dispose());
  after(() => commands.executeCommand("workbench.action.closeAllEditors"));

  /** Asks for a change of the whole document; resolves when the person is told that it is ready, not when they answer. */
  async function propose(document: TextDocument, news: string): Promise<void> {
    const target = documentTarget(document);
    assert.ok(target);
    const [asked, told] = [desk.turns.asked, desk.told.length];
    const wish = {
      title: "Fix",
      doing: "is fixing",
      ready: "The fix is ready",
      surface: "fix",
      taskType: "fix",
    } as const;
    void proposals.propose({ target, wish, messages: [] });
    await eventually(async () => assert.equal(desk.turns.asked, asked + 1), WITHIN_MS);
    desk.turns.say(`\`\`\`\n${news}\n\`\`\``);
    desk.turns.end();
    await eventually(async () => assert.ok(desk.told.length > told), WITHIN_MS * 2);
  }

  it("are written as their own notice says, whichever diff is shown by then", async () => {
    const first = await openFile("trouble/first.txt", "first\n");
    const second = await openFile("trouble/second.txt", "second\n");
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.thinking = promise;
    await propose(first, "FIRST");
    desk.thinking = new Promise<void>(() => undefined);
    await propose(second, "SECOND");
    desk.replies.push("Accept");
    resolve();
    await eventually(
      async () => assert.notDeepEqual([first.getText(), second.getText()], ["first\n", "second\n"]),
      WITHIN_MS,
    );
    assert.deepEqual([first.getText(), second.getText()], ["FIRST\n", "second\n"]);
  });

  it("are still there when their diff is moved to another group, and dropped with its last tab", async () => {
    const document = await openFile("trouble/moved.txt", "once\n");
    desk.thinking = new Promise<void>(() => undefined);
    await propose(document, "ONCE");
    await commands.executeCommand("workbench.action.moveEditorToNextGroup");
    await commands.executeCommand("workbench.action.splitEditor");
    await commands.executeCommand("workbench.action.closeActiveEditor");
    assert.deepEqual(desk.verdicts, []);
    await commands.executeCommand("workbench.action.closeAllEditors");
    await eventually(async () => assert.deepEqual(desk.verdicts, ["turn-1 rejected"]), WITHIN_MS);
    assert.equal(document.getText(), "once\n");
  });

  it("are written once, and nothing else is said, when they are accepted twice at once", async () => {
    const document = await openFile("trouble/once.txt", "once\n");
    desk.thinking = new Promise<void>(() => undefined);
    await propose(document, "ONCE");
    desk.thinking = undefined;
    const before = desk.told.length;
    await Promise.all([proposals.accept(), proposals.accept()]);
    assert.equal(document.getText(), "ONCE\n");
    assert.deepEqual(desk.told.slice(before), []);
    assert.deepEqual(desk.verdicts, ["turn-1 accepted"]);
  });

  it("are not written where changes of an inline edit wait", async () => {
    const document = await openFile("trouble/waiting.txt", "once\n");
    desk.thinking = new Promise<void>(() => undefined);
    await propose(document, "ONCE");
    desk.thinking = undefined;
    desk.state.set(OPEN_EDITS_KEY, { [document.uri.toString()]: "" });
    await proposals.accept();
    assert.match(desk.told.at(-1) ?? "", /wait in .*waiting\.txt already/u);
    assert.equal(document.getText(), "once\n");
    desk.state.clear();
    await proposals.accept();
    assert.equal(document.getText(), "ONCE\n");
  });

  it("are of one file where an answer names it in two ways", async () => {
    const document = await openFile("trouble/named.txt", "one\ntwo\nthree\nfour\n");
    const block = (path: string, from: string, to: string) =>
      `${path}\n\`\`\`\n<<<<<<< SEARCH\n${from}\n=======\n${to}\n>>>>>>> REPLACE\n\`\`\`\n`;
    const answer = block("trouble/named.txt", "one", "1") + block(document.uri.fsPath, "four", "4");
    const { files } = await planAnswer(readAnswerEdits(answer));
    assert.deepEqual(
      files.map(({ plan }) => (plan.kind === "change" ? plan.edits.length : plan.kind)),
      [2],
    );
  });

  it("are none for a finding whose file was deleted, which is said", async () => {
    const comments = new ReviewComments(desk.services as never);
    try {
      const uri = Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/"), "trouble", "deleted.txt");
      const finding = { file: "deleted.txt", line: 1, severity: "bug", sentence: "s", replacement: "b", found: ["a"] };
      const thread = comments.add({ finding: finding as never, uri, range: new Range(0, 0, 0, 1) });
      await comments.apply(thread);
      assert.match(desk.told.at(-1) ?? "", /not there any more/u);
    } finally {
      comments.dispose();
    }
  });
});
