import { countTokens as countEncoded, decode, encode } from "gpt-tokenizer/encoding/o200k_base";

import { textOf } from "./chatRequest.ts";
import type { ChatMessage, ChatRequest } from "./chatRequest.ts";

const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_REQUEST = 3;
const TOKENS_PER_IMAGE = 765;
/** Text such as "<|endoftext|>" in a prompt is ordinary text. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Tokens of a text in the o200k encoding, which the simulator uses for every model. */
export function countTokens(text: string): number {
  return countEncoded(text, PLAIN_TEXT);
}

/** Tokens of one message with what surrounds it on the way to a model. */
export function messageTokens(message: ChatMessage): number {
  const calls = message.tool_calls === undefined ? "" : JSON.stringify(message.tool_calls);
  return TOKENS_PER_MESSAGE + countTokens(textOf(message)) + countTokens(calls) + TOKENS_PER_IMAGE * imagesIn(message);
}

/** Tokens of everything the request sends. */
export function promptTokens(request: ChatRequest): number {
  const messages = request.messages.reduce((total, message) => total + messageTokens(message), 0);
  const tools = request.tools?.length ? countTokens(JSON.stringify(request.tools)) : 0;
  return messages + tools + TOKENS_PER_REQUEST;
}

function imagesIn({ content }: ChatMessage): number {
  return Array.isArray(content) ? content.filter(({ type }) => type === "image_url").length : 0;
}

/** A stretch of text with the number of tokens it takes. */
export interface TokenPiece {
  readonly text: string;
  readonly tokens: number;
}

/** Cuts text into pieces of some tokens each, never inside a character; stops at `limit` tokens. */
export function cutIntoPieces(text: string, tokensPerPiece: number, limit = Number.POSITIVE_INFINITY): TokenPiece[] {
  const tokens = encode(text, PLAIN_TEXT).slice(0, limit);
  const pieces: TokenPiece[] = [];
  for (let start = 0; start < tokens.length;) {
    const end = endOfPiece(tokens, start, tokensPerPiece);
    pieces.push({ text: decode(tokens.slice(start, end)), tokens: end - start });
    start = end;
  }
  return pieces;
}

/** Half a character decodes to a replacement character; the piece then grows until it is whole. */
function endOfPiece(tokens: readonly number[], start: number, tokensPerPiece: number): number {
  let end = Math.min(start + tokensPerPiece, tokens.length);
  while (end < tokens.length && decode(tokens.slice(start, end)).endsWith("\uFFFD")) end += 1;
  return end;
}
