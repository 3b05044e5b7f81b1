import { fence } from "./codeBlock.ts";
import type { CodeBlock } from "./codeBlock.ts";

const TITLE_WORDS = 5;
const FILLER_WORDS = new Set([
  "what",
  "how",
  "why",
  "when",
  "which",
  "does",
  "did",
  "are",
  "create",
  "generate",
  "implement",
  "build",
  "should",
  "a",
  "an",
  "the",
  "to",
  "of",
  "for",
  "this",
  "that",
  "is",
  "in",
  "me",
  "my",
  "please",
  "title",
  "short",
  "write",
  "chat",
  "conversation",
  "and",
  "can",
  "you",
  "do",
  "i",
  "user",
  "assistant",
  "give",
  "with",
  "it",
  "on",
]);

/** A title of a few words, without quotes or a full stop. */
export function chatTitle(prose: string): string {
  const words = keywords(prose).slice(0, TITLE_WORDS);
  const title = words.length === 0 ? "new conversation" : words.join(" ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** A numbered plan. */
export function plan(prose: string): string {
  const topic = topicOf(prose);
  return [
    `## Plan for ${topic}`,
    `1. **Look** at where ${topic} is decided today, and at its tests.`,
    "2. **Pin** the behaviour that must stay with one more test.",
    "3. **Change** the smallest place that carries it.",
    "4. **Check** the callers, then the whole suite.",
    "| step | risk | way back |\n|---|---|---|\n| change | medium | one commit |\n| check | low | none needed |",
  ].join("\n\n");
}

/** One command in a fenced block. */
export function shellCommand(prose: string): string {
  const isSearch = /\b(?:find|search|grep|list)\b/i.test(prose);
  return fence({ language: "sh", code: isSearch ? "git ls-files | grep -i 'test'" : "git status --short --branch" });
}

/** A small function named after what was asked for. */
export function generatedCode(prose: string): string {
  const [first = "make", ...rest] = keywords(prose)
    .slice(0, 4)
    .map((word) => word.toLowerCase().replace(/\W/g, ""));
  const name = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
  const code = `export function ${name}(values: readonly number[]): number {\n  return values.reduce((total, value) => total + value, 0);\n}\n`;
  return `### \`${name}\`\n\nA first version, small enough to read at once:\n\n${fence({ language: "typescript", code })}`;
}

/** Findings about code, the worst first. */
export function review(finding: string, block: CodeBlock): string {
  const lines = block.code.trimEnd().split("\n").length;
  return [
    "## Review",
    `I read ${lines} lines.`,
    `- **Important:** ${finding}`,
    "- **Minor:** names could say the unit of what they hold.",
    "- **Fine:** the flow is easy to follow.",
    "| severity | findings |\n|---|---|\n| important | 1 |\n| minor | 1 |",
  ].join("\n\n");
}

/** A general answer that takes up the words of the question. */
export function answerQuestion(prose: string): string {
  const topic = topicOf(prose);
  return [
    `## ${topic.charAt(0).toUpperCase()}${topic.slice(1)}`,
    `In short: ${topic} is best settled by the smallest example that shows it.`,
    "- Start from what you can observe.\n- Change one thing at a time.\n- Write down what you learned as a test.",
    fence({
      language: "typescript",
      code: "const answer = [1, 2, 3].map((value) => value * 2);\nconsole.log(answer); // [2, 4, 6] ✓\n",
    }),
    "| approach | when |\n|---|---|\n| measure | it is slow |\n| simplify | it is hard to read |",
  ].join("\n\n");
}

function topicOf(prose: string): string {
  const words = keywords(prose).slice(0, 6);
  return words.length === 0 ? "your question" : words.join(" ");
}

function keywords(prose: string): readonly string[] {
  const words = prose.match(/[\p{L}\p{N}_'-]+/gu) ?? [];
  return words.filter((word) => !FILLER_WORDS.has(word.toLowerCase()));
}
