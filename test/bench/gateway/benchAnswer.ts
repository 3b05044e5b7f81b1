/** An answer to measure with. */
export interface BenchAnswer {
  /** Chunks with text; the usage chunk and the like come on top. */
  readonly chunks: number;
  /** How many bytes the server writes at a time. */
  readonly pieceBytes: number;
  /** How long the first piece comes before the second. */
  readonly aheadMs: number;
}

export const GENERATION_ID = "gen-1795219200-Xq3mV7bTz0LcPfWd9RkY";

/** Like the tokens of an answer about code; some are two to four bytes a character, so that pieces split them. */
const TOKENS = [" the", " function", "();\n", " läuft", " const", " 漢字", " =", " await", " 🚀", "```\n", " so", " –"];

const MODEL_PATTERN = /^bench\/(\d+)-chunks\/(\d+)-byte-pieces\/first-(\d+)-ms-ahead$/;

/** The model id that asks the server for this answer, because a model is what every client can name. */
export function modelFor({ chunks, pieceBytes, aheadMs }: BenchAnswer): string {
  return `bench/${chunks}-chunks/${pieceBytes}-byte-pieces/first-${aheadMs}-ms-ahead`;
}

export function answerFor(model: string): BenchAnswer {
  const [chunks, pieceBytes, aheadMs] = (MODEL_PATTERN.exec(model) ?? []).slice(1).map(Number);
  if (chunks === undefined || pieceBytes === undefined || aheadMs === undefined) {
    throw new Error(`There is no answer for ${model}.`);
  }
  return { chunks, pieceBytes, aheadMs };
}

/** What a client must have read in the end. */
export function textOfAnswer(chunks: number): string {
  return tokensOf(chunks).join("");
}

/** The body in OpenRouter's form: a comment, text chunks, the finish, usage with its cost, `[DONE]`. */
export function streamBody(chunks: number): Buffer {
  const frames = [
    ": OPENROUTER PROCESSING\n\n",
    ...tokensOf(chunks).map((content) => frame({ choices: [choice(content, null)] })),
    frame({ choices: [choice("", "stop")] }),
    frame({ choices: [choice("", null)], usage: usageOf(chunks) }),
    "data: [DONE]\n\n",
  ];
  return Buffer.from(frames.join(""));
}

function tokensOf(chunks: number): string[] {
  return Array.from({ length: chunks }, (_, index) => TOKENS[index % TOKENS.length] ?? "");
}

function frame(fields: Readonly<Record<string, unknown>>): string {
  const head = {
    id: GENERATION_ID,
    object: "chat.completion.chunk",
    created: 1_795_219_200,
    model: "anthropic/claude-sonnet-5",
    provider: "Anthropic",
  };
  return `data: ${JSON.stringify({ ...head, ...fields })}\n\n`;
}

function choice(content: string, finishReason: string | null): Readonly<Record<string, unknown>> {
  const delta = { content, role: "assistant" };
  return { index: 0, delta, finish_reason: finishReason, native_finish_reason: finishReason, logprobs: null };
}

function usageOf(chunks: number): Readonly<Record<string, unknown>> {
  const costDetails = {
    upstream_inference_cost: 0.001236,
    upstream_inference_prompt_cost: 0.000036,
    upstream_inference_completions_cost: 0.0012,
  };
  return {
    prompt_tokens: 12,
    completion_tokens: chunks,
    total_tokens: chunks + 12,
    cost: 0.001236,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
    cost_details: costDetails,
    completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0, audio_tokens: 0 },
  };
}
