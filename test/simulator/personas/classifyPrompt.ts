import { textOf } from "../chat/chatRequest.ts";
import type { ChatRequest } from "../chat/chatRequest.ts";
import { codeBlocks, proseOf } from "./codeBlock.ts";
import type { CodeBlock } from "./codeBlock.ts";

/** What a prompt seems to want. */
type Wish =
  | "title"
  | "commit-message"
  | "test"
  | "document"
  | "review"
  | "refactor"
  | "fix"
  | "edit"
  | "explain"
  | "plan"
  | "shell"
  | "generate"
  | "question";

/** What a persona goes by. */
export interface Prompt {
  readonly wish: Wish;
  readonly prose: string;
  /** The code the wish is about, if any was shown. */
  readonly block: CodeBlock | undefined;
  /** Whether the prompt asks for code and nothing around it. */
  readonly isBare: boolean;
}

/** Wishes whose words are sure enough to be looked for in the system message first. */
const SOLE_WISHES: readonly (readonly [Wish, RegExp])[] = [
  ["commit-message", /\bcommit messages?\b/i],
  [
    "title",
    /\b(?:short|concise|brief|chat|conversation) titles?\b|\btitles? (?:for|of) (?:this|the|a) (?:chat|conversation)\b|\b(?:chat|conversation)\b[^.\n]{0,40}\btitle\b/i,
  ],
];
/** Of these the one named first counts: "fix this so the test passes" is a fix. */
const STRONG_WISHES: readonly (readonly [Wish, RegExp])[] = [
  ...SOLE_WISHES,
  ["test", /\b(?:unit )?tests?\b/i],
  ["document", /\b(?:document|docs?|docstrings?|jsdoc|comments?)\b/i],
  ["review", /\breview\b/i],
  ["refactor", /\b(?:refactor|simplify|clean up|tidy|moderni[sz]e)\b/i],
  ["fix", /\b(?:fix|bug|error|broken|repair|correct|diagnostic|fails?|crash(?:es)?)\b/i],
  ["explain", /\b(?:explain|what does|how does|why|describe|understand|summari[sz]e)\b/i],
  ["shell", /\b(?:shell|terminal|command line|bash)\b/i],
  ["plan", /\b(?:plan|steps to|roadmap)\b/i],
];
/** Looked for when no strong wish is named. */
const WEAK_WISHES: readonly (readonly [Wish, RegExp])[] = [
  ["edit", /\b(?:change|edit|rename|add|make|convert|replace|remove|update|rewrite|insert|improve|use)\b/i],
  ["generate", /\b(?:write|create|generate|implement|build)\b/i],
];
const CODE_WISHES: ReadonlySet<Wish> = new Set(["test", "document", "review", "refactor", "fix", "edit", "explain"]);
/** Paths and file names say nothing about a wish. */
const PATH_PATTERN = /\S*[/\\]\S*|\b\w+\.[a-z]{1,4}\b/g;
const BARE_PATTERN =
  /\bonly\b[^.\n]{0,40}\b(?:code|block|replacement)\b|\b(?:code|block) only\b|\bno (?:explanations?|prose|commentary)\b|\bwithout (?:any )?(?:explanation|prose|commentary)\b/i;

/** Reads the wish from the last user message, then from the system message; the code from the latest that shows some. */
export function classifyPrompt(request: ChatRequest): Prompt {
  const users = textsOf(request, ["user"]);
  const system = textsOf(request, ["system", "developer"]).join("\n");
  const prose = proseOf(users.at(-1) ?? "");
  const block = users
    .toReversed()
    .map((text) => codeBlocks(text).at(-1))
    .find((found) => found !== undefined);
  const isBare = BARE_PATTERN.test(`${prose}\n${system}`);
  return { wish: wishOf(prose, proseOf(system), block), prose, block, isBare };
}

function textsOf(request: ChatRequest, roles: readonly string[]): readonly string[] {
  return request.messages.filter(({ role }) => roles.includes(role)).map((message) => textOf(message));
}

function wishOf(prose: string, system: string, block: CodeBlock | undefined): Wish {
  const wish =
    firstNamed(SOLE_WISHES, system, block) ??
    firstNamed(STRONG_WISHES, prose, block) ??
    firstNamed(WEAK_WISHES, prose, block) ??
    firstNamed(STRONG_WISHES, system, block) ??
    (block === undefined ? "question" : "explain");
  if (block?.language === "diff") return wish === "review" || wish === "explain" ? wish : "commit-message";
  return block !== undefined && (wish === "generate" || wish === "shell") ? "edit" : wish;
}

/** The wish named earliest in a text, among those that make sense with or without code. */
function firstNamed(
  wishes: readonly (readonly [Wish, RegExp])[],
  text: string,
  block: CodeBlock | undefined,
): Wish | undefined {
  const words = text.replace(PATH_PATTERN, " ");
  const named = wishes
    .map(([wish, pattern]) => ({ wish, at: words.search(pattern) }))
    .filter(({ wish, at }) => at !== -1 && (block !== undefined || !CODE_WISHES.has(wish)));
  return named.toSorted((left, right) => left.at - right.at)[0]?.wish;
}
