import { countTokens as countCl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as countO200k } from "gpt-tokenizer/encoding/o200k_base";
import { countTokens as countP50k } from "gpt-tokenizer/encoding/p50k_base";
import { countTokens as countR50k } from "gpt-tokenizer/encoding/r50k_base";

/** Text such as "<|endoftext|>" in a prompt is ordinary text. */
const PLAIN_TEXT = { disallowedSpecial: new Set<string>() };

/** Real tokenizers, by encoding. */
export const TOKENIZERS = {
  o200k_base: (text: string) => countO200k(text, PLAIN_TEXT),
  cl100k_base: (text: string) => countCl100k(text, PLAIN_TEXT),
  p50k_base: (text: string) => countP50k(text, PLAIN_TEXT),
  r50k_base: (text: string) => countR50k(text, PLAIN_TEXT),
} as const;

export type Encoding = keyof typeof TOKENIZERS;
