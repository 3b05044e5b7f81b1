import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanMessage, streamedMessage } from "../../../src/core/commit/cleanMessage.ts";

const STYLE = { subjectLength: 72, hasBody: true, examples: ["Add a page"] };
const MESSAGE = "fix(tax): round once\n\nTwice lost a cent.";

const WRAPPINGS: readonly (readonly [string, string])[] = [
  ["nothing", MESSAGE],
  ["blanks", `\n\n  ${MESSAGE}  \n\n`],
  ["a block", `\`\`\`\n${MESSAGE}\n\`\`\``],
  ["a block with a language", `\`\`\`text\n${MESSAGE}\n\`\`\`\n`],
  ["a block of tildes", `~~~\n${MESSAGE}\n~~~`],
  ["a block that is followed by an explanation", `\`\`\`\n${MESSAGE}\n\`\`\`\n\nThis message says why.`],
  ["an introduction", `Here is the commit message:\n\n${MESSAGE}`],
  ["another introduction", `Sure! Here's a commit message for these changes:\n\n${MESSAGE}`],
  ["an introduction and a block", `Here is the commit message:\n\n\`\`\`\n${MESSAGE}\n\`\`\``],
  [
    "an unknown introduction and a block",
    `Based on the diff I suggest:\n\n\`\`\`gitcommit\n${MESSAGE}\n\`\`\`\nGood luck.`,
  ],
  ["a label", `Commit message: ${MESSAGE}`],
  ["a label in bold", `**Commit message:**\n${MESSAGE}`],
  ["quotation marks", `"${MESSAGE}"`],
  ["typographic quotation marks", `“${MESSAGE}”`],
  ["bold around the subject", MESSAGE.replace(/^.*$/m, "**$&**")],
  ["a heading", `# ${MESSAGE}`],
  ["line ends of Windows", MESSAGE.replaceAll("\n", "\r\n")],
  ["blanks at the ends of lines", MESSAGE.replaceAll("\n", "   \n")],
  ["too many empty lines", MESSAGE.replace("\n\n", "\n\n\n\n")],
  ["no empty line", MESSAGE.replace("\n\n", "\n")],
  ["a full stop after the subject", MESSAGE.replace("once", "once.")],
  ["thoughts", `<think>\nWhat is it?\n</think>\n${MESSAGE}`],
  ["signs that turn the direction", MESSAGE.replace("round", "\u202eround\u200b")],
];

describe("a commit message of an answer", () => {
  for (const [wrapping, answer] of WRAPPINGS) {
    it(`is taken out of ${wrapping}`, () => assert.equal(cleanMessage(answer, STYLE), MESSAGE));
  }

  it("keeps what belongs to it", () => {
    for (const message of [
      "OK closes the dialog",
      "Here documents are read to their end",
      'Quote "a" and "b"',
      "Show `code` in titles",
      "Wait…",
      "Add etc...",
      "Commit messages are kept",
      "✨ Add dark mode",
      "feat!: drop Node 20\n\n- one\n- two",
    ]) {
      assert.equal(cleanMessage(message, STYLE), message);
    }
  });

  it("has no body where the repository has none, and may have one where there is no commit yet", () => {
    assert.equal(cleanMessage(MESSAGE, { ...STYLE, hasBody: false }), "fix(tax): round once");
    assert.equal(cleanMessage(MESSAGE, { ...STYLE, hasBody: false, examples: [] }), MESSAGE);
  });

  it("keeps to the length of subjects, and loses no word", () => {
    const long = "Say what happened in the longest words that anybody could think of for a subject line";
    const [subject = "", , body = ""] = cleanMessage(`${long}\n\nBecause.`, STYLE).split("\n");
    assert.ok(subject.length <= 72 && subject.endsWith("…"));
    assert.equal(`${subject.slice(0, -1)} ${body.slice(1)}`, long);
    assert.match(cleanMessage("x".repeat(100), STYLE), /^x{71}…\n\n…x{29}$/);
  });

  it("streams in, and nothing shows of what is no message", () => {
    assert.equal(streamedMessage("fix(tax): ro", STYLE), "fix(tax): ro");
    for (const start of [
      "Here is the",
      "```",
      "```te",
      "Sure",
      "<think>\nWhat",
      "**Commit mess",
      "Here is the message:\n",
    ]) {
      assert.equal(streamedMessage(start, STYLE), "", start);
    }
    assert.equal(streamedMessage("```\nfix: a", STYLE), "fix: a");
  });

  it("comes of anything", () => {
    const parts = fc.constantFrom(
      "```",
      "\n",
      "Here is",
      ":",
      '"',
      "fix: ",
      "<think>",
      "</think>",
      "…",
      " ",
      "\ud83d",
      "é",
      "~~~",
      "**",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string({ unit: "binary-ascii" }))), (texts) => {
        const message = cleanMessage(texts.join(""), STYLE);
        assert.equal(message, message.trim());
        assert.ok(message.isWellFormed());
        assert.ok((message.split("\n")[0] ?? "").length <= 72);
        assert.equal(streamedMessage(texts.join(""), STYLE).isWellFormed(), true);
      }),
    );
  });
});
