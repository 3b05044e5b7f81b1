/** Tokens a chat template may add around the messages, and around each of them. */
const TEMPLATE_TOKENS = 64;
const TEMPLATE_TOKENS_PER_MESSAGE = 16;

/**
 * No byte-level tokenizer makes more tokens than the text has UTF-8 bytes, so this is a hard bound for any text,
 * base64, minified code and CJK included. Generous for prose (about four times the truth).
 */
export function promptTokensUpperBound(texts: readonly string[]): number {
  let bytes = TEMPLATE_TOKENS;
  for (const text of texts) bytes += utf8Length(text) + TEMPLATE_TOKENS_PER_MESSAGE;
  return bytes;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair counts 3, although a pair is 4 bytes: a lone half is sent as U+FFFD, which is 3.
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
