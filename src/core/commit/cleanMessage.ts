import type { CommitStyle } from "./commitStyle.ts";

type CleaningStyle = Pick<CommitStyle, "subjectLength" | "hasBody" | "examples">;

/** Control characters but line ends and tabs, and those that hide text or turn its direction. */
const UNSEEN = /[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const THOUGHTS = /^\s*<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/i;
const FENCE = /^\s*(?:`{3,}|~{3,})[^\n`]*\n([^]*?)(?:\n\s*(?:`{3,}|~{3,})\s*[^]*)?$/;
/** What models say before the message, in a line of its own that ends with a colon. */
const INTRODUCTION =
  /^\**(?:sure|certainly|of course|okay|ok|absolutely|here(?:['’]s)?|this is|below is|hier ist|voici|aquí está|aqui está|ecco|(?:suggested |proposed |the )?(?:git )?commit[ -]?message)(?![\p{L}])[^\n]*[:!]\**[^\S\n]*(?:\n|$)/iu;
const LABEL = /^\**(?:subject|title|commit[ -]?message|message|betreff|titel|titre)\**\s*:\**\s*(?=\S)/i;
const QUOTES = /^(["'“„«`])([^]*)["'”“»`]$/;

/** The message in a whole answer: no fence, no quotation marks, no introduction, no blanks at its ends, and a subject of the repository's length. */
export function cleanMessage(answer: string, style: CleaningStyle): string {
  const lines = layOut(withoutWrapping(answer)).split("\n");
  const [subject = "", ...rest] = lines;
  // A repository without bodies gets none; one without any commits takes what comes.
  const body = style.hasBody || style.examples.length === 0 ? rest.join("\n").trim() : "";
  return shortened({ subject, body }, style.subjectLength);
}

/** As much of the message as is there while the answer arrives; empty as long as it may be an introduction. */
export function streamedMessage(answer: string, style: CleaningStyle): string {
  const isOneLine = !answer.trimStart().includes("\n");
  if (isOneLine && mayIntroduce(answer)) return "";
  return cleanMessage(answer, style);
}

/** Fences, thoughts and introductions begin in ways that no message does. */
function mayIntroduce(answer: string): boolean {
  const start = answer.trimStart();
  return /^(?:[`~<]|sure|certainly|of course|here|this is|below|hier ist|voici|aquí|aqui|ecco|\*|commit|subject|title)/i.test(
    start,
  );
}

function withoutWrapping(answer: string): string {
  let text = answer.toWellFormed().replaceAll(/\r\n?/g, "\n").replace(THOUGHTS, "").replaceAll(UNSEEN, "").trim();
  text = text.replace(INTRODUCTION, "").trim();
  const fenced = FENCE.exec(text)?.[1] ?? fenceInside(text);
  text = (fenced ?? text).trim().replace(LABEL, "");
  return unquoted(text);
}

/** An introduction in words nobody thought of, then the message in a block. */
function fenceInside(text: string): string | undefined {
  return /^[^\n]*:\n+(?:`{3,}|~{3,})[^\n`]*\n([^]*?)\n(?:`{3,}|~{3,})/.exec(text)?.[1];
}

function unquoted(text: string): string {
  const [, open = "", inside] = QUOTES.exec(text) ?? [];
  if (inside !== undefined && !inside.includes(open)) return inside.trim();
  // The subject alone in quotation marks or bold.
  const [subject = "", ...rest] = text.split("\n");
  const bare = /^(?:\*\*(.+)\*\*|"(.+)"|`(.+)`)$/.exec(subject.trim());
  return [bare?.[1] ?? bare?.[2] ?? bare?.[3] ?? subject, ...rest].join("\n");
}

/** One empty line after the subject and never two in a row; no blanks at the ends of lines. */
function layOut(text: string): string {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const [first = "", ...rest] = lines;
  const subject = first.replace(/^#+\s+(?=\S)/, "").trim();
  const body = rest
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  return body === "" ? subject : `${subject}\n\n${body}`;
}

/** What a subject has too much goes on in the body, as it does where Git's hosts shorten one. */
function shortened({ subject, body }: { readonly subject: string; readonly body: string }, length: number): string {
  const bare = /[^.]\.$/.test(subject) ? subject.slice(0, -1) : subject;
  if (bare.length <= length) return body === "" ? bare : `${bare}\n\n${body}`;
  const room = bare.slice(0, length);
  const lastBlank = room.lastIndexOf(" ");
  const end = lastBlank > length / 2 ? lastBlank : length - 1;
  const kept = bare.slice(0, end);
  const cut = kept.isWellFormed() ? kept : kept.slice(0, -1);
  const rest = `…${bare.slice(cut.length).trim()}`;
  return `${cut.trimEnd()}…\n\n${body === "" ? rest : `${rest}\n\n${body}`}`;
}
