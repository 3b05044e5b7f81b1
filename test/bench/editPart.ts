import { BlockLines } from "../../src/core/inlineEdit/blockLines.ts";
import { InlineReview } from "../../src/core/inlineEdit/inlineReview.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { median, percentile } from "./percentile.ts";

const LINES = 2_000;
const REWRITTEN = 500;
/** A chunk of an answer at 500 tokens a second, joined for one frame. */
const CHUNK_CHARACTERS = 32;
const HUNKS = 200;
const ROUNDS = 10;
const FRAME_MS = 16;
const ACCEPT_MS = 100;

/** What an inline edit computes for each piece of an answer, without what the editor needs to show it. */
export async function measureEdit(): Promise<BenchReport> {
  const rounds = Array.from({ length: ROUNDS + 1 }, timeStream).slice(1);
  const chunks = rounds.flatMap(({ chunksMs }) => chunksMs);
  const decisions = Array.from({ length: ROUNDS + 1 }, timeDecisions).slice(1);
  return {
    figures: [
      {
        what: `Inline edit, one chunk, ${LINES} lines with ${REWRITTEN} rewritten, p50`,
        value: median(chunks),
        unit: "ms",
      },
      { what: "… p99", value: percentile(chunks, 0.99), unit: "ms", below: FRAME_MS },
      { what: "… slowest", value: Math.max(...chunks), unit: "ms", below: FRAME_MS },
      { what: "… all chunks of the answer", value: median(rounds.map(({ chunksMs }) => sum(chunksMs))), unit: "ms" },
      tenthFigure(rounds.map(({ chunksMs }) => chunksMs)),
      { what: "… the clean alignment at the end", value: median(rounds.map(({ endMs }) => endMs)), unit: "ms" },
      {
        what: `Accept ${HUNKS} changes at once`,
        value: median(decisions.map(({ allMs }) => allMs)),
        unit: "ms",
        below: ACCEPT_MS,
      },
      {
        what: "… one after the other",
        value: median(decisions.map(({ eachMs }) => eachMs)),
        unit: "ms",
        below: ACCEPT_MS,
      },
    ],
    notes: [
      `Inline edit: an answer of ${LINES} lines, ${CHUNK_CHARACTERS} characters a chunk, read out of its block and aligned with the code; ${chunks.length} chunks. Every fourth line is another one.`,
    ],
  };
}

/** Work for a chunk that grew with what came before it would make the last ones the dearest. */
function tenthFigure(rounds: readonly (readonly number[])[]): Figure {
  const tenths = rounds.map((chunksMs) => {
    const count = Math.floor(chunksMs.length / 10);
    return { first: sum(chunksMs.slice(0, count)), last: sum(chunksMs.slice(-count)) };
  });
  const last = median(tenths.map((tenth) => tenth.last));
  const ratio = last / median(tenths.map(({ first }) => first));
  return { what: "… the last tenth of them, beside the first", value: last, unit: "ms", ratio, ratioAtMost: 1.5 };
}

function timeStream(): { readonly chunksMs: readonly number[]; readonly endMs: number } {
  const { base, answer } = texts(LINES, LINES / REWRITTEN);
  const text = `\`\`\`ts\n${answer.join("\n")}\n\`\`\``;
  const block = new BlockLines();
  const review = new InlineReview(base, { firstLine: 0 });
  const chunksMs: number[] = [];
  for (let at = 0; at < text.length; at += CHUNK_CHARACTERS) {
    const chunk = text.slice(at, at + CHUNK_CHARACTERS);
    const startedMs = performance.now();
    const { lines, open } = block.push(chunk);
    review.push(lines, open);
    chunksMs.push(performance.now() - startedMs);
  }
  return { chunksMs, endMs: timed(() => review.end()) };
}

function timeDecisions(): { readonly allMs: number; readonly eachMs: number } {
  const all = reviewed();
  const each = reviewed();
  return {
    allMs: timed(() => all.accept(all.hunks().map(({ id }) => id))),
    eachMs: timed(() => {
      for (const { id } of each.hunks()) each.accept([id]);
    }),
  };
}

function reviewed(): InlineReview {
  const { base, answer } = texts(HUNKS * 10, 10);
  const review = new InlineReview(base, { firstLine: 0 });
  review.push(answer);
  review.end();
  return review;
}

function texts(count: number, every: number): { readonly base: readonly string[]; readonly answer: readonly string[] } {
  const base = Array.from({ length: count }, (_, line) => `  const value${line} = compute(${line % 7});`);
  return { base, answer: base.map((line, at) => (at % every === 1 ? `${line} // checked` : line)) };
}

function timed(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
