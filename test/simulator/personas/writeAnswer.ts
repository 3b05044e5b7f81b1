import type { ChatRequest } from "../chat/chatRequest.ts";
import { classifyPrompt } from "./classifyPrompt.ts";
import type { Prompt } from "./classifyPrompt.ts";
import { fixCode, refactorCode } from "./codeChanges.ts";
import type { CodeChange } from "./codeChanges.ts";
import { fence } from "./codeBlock.ts";
import type { CodeBlock } from "./codeBlock.ts";
import { commitMessage } from "./commitMessage.ts";
import { documentCode } from "./documentCode.ts";
import { editCode } from "./editCode.ts";
import { explainCode } from "./explainCode.ts";
import * as plain from "./plainAnswers.ts";
import { sampleFromSchema } from "./sampleFromSchema.ts";
import { familyOf } from "./syntax.ts";
import { writeTest } from "./writeTest.ts";

const CLOSINGS = [
  "",
  "Tell me if you want it another way.",
  "Run the tests before you keep it; a change this small can still surprise a caller.\n\nTell me if you want it another way.",
] as const;

/** What the model says: the same for the same request, a little longer or shorter from model to model. */
export function writeAnswer(request: ChatRequest, modelId: string): string {
  const format = request.response_format;
  if (format?.type === "json_object") return '{"answer":"example"}';
  if (format?.type === "json_schema") return JSON.stringify(sampleFromSchema(format.json_schema?.schema));
  const prompt = classifyPrompt(request);
  const answer = answerWish(prompt);
  const closing = hasClosing(prompt) ? (CLOSINGS[hashOf(modelId) % CLOSINGS.length] ?? "") : "";
  return closing === "" ? answer : `${answer}\n\n${closing}`;
}

/** A line or three of thought before the answer; longer when more effort was asked for. */
export function writeReasoning(request: ChatRequest, effort: string | undefined): string {
  const { wish, block } = classifyPrompt(request);
  const about =
    block === undefined
      ? "The question stands on its own."
      : `The code shown has ${block.code.split("\n").length} lines.`;
  const short = `The wish is: ${wish}. ${about}`;
  if (effort === "low" || effort === "minimal") return short;
  const middle = `${short} I read it once for what it means and once for what could go wrong.`;
  if (effort !== "high" && effort !== "xhigh" && effort !== "max") return middle;
  return `${middle} First the edges: empty input, missing values, the last index. Then the callers: nothing they rely on may change. The answer can be short.`;
}

function answerWish(prompt: Prompt): string {
  const { wish, prose, block } = prompt;
  switch (wish) {
    case "title":
      return plain.chatTitle(prose);
    case "commit-message":
      return commitMessage(block?.code ?? prose);
    case "plan":
      return plain.plan(prose);
    case "shell":
      return plain.shellCommand(prose);
    case "generate":
      return plain.generatedCode(prose);
    case "question":
      return plain.answerQuestion(prose);
    default:
      return block === undefined ? plain.answerQuestion(prose) : answerAboutCode(prompt, block);
  }
}

function answerAboutCode({ wish, prose, isBare }: Prompt, block: CodeBlock): string {
  const family = familyOf(block.language, block.code);
  switch (wish) {
    case "test":
      return present("Here is a test", {
        block: writeTest(block, family),
        summary: "It covers the plain case and missing arguments.",
        isBare,
      });
    case "review":
      return plain.review(fixCode(block.code, family).summary, block);
    case "document":
      return presentChange("Documented", { change: documentCode(block.code, family), block, isBare });
    case "refactor":
      return presentChange("Refactored", { change: refactorCode(block.code, family), block, isBare });
    case "fix":
      return presentChange("Fixed", { change: fixCode(block.code, family), block, isBare });
    case "edit":
      return presentChange("Changed", { change: editCode(block.code, prose, family), block, isBare });
    default:
      return explainCode(block, family);
  }
}

function presentChange(
  heading: string,
  { change, block, isBare }: { change: CodeChange; block: CodeBlock; isBare: boolean },
): string {
  return present(heading, { block: { language: block.language, code: change.code }, summary: change.summary, isBare });
}

function present(
  heading: string,
  { block, summary, isBare }: { block: CodeBlock; summary: string; isBare: boolean },
): string {
  return isBare ? fence(block) : `### ${heading}\n\n${summary}\n\n${fence(block)}`;
}

function hasClosing({ wish, isBare }: Prompt): boolean {
  return !isBare && wish !== "title" && wish !== "commit-message" && wish !== "shell";
}

function hashOf(text: string): number {
  return Buffer.from(text).reduce((hash, byte) => (hash * 31 + byte) % 65_521, 7);
}
