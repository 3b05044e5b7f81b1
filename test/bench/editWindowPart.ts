import type { BenchReport } from "./benchReport.ts";
import { type EditWindowTimes, type Typing, timeEditWindow } from "./edit/editWindow.ts";
import type { Figure } from "./figure.ts";
import { median, percentile } from "./percentile.ts";

const INPUT_MS = 50;
const FIRST_LINE_MS = 30;
const FRAME_MS = 16;
const HOST_PERCENT = 30;
const ACCEPT_MS = 100;

/** An inline edit as somebody sees it who types meanwhile, in a window of the real editor. Needs a build. */
export async function measureEditWindow(): Promise<BenchReport> {
  const times = await timeEditWindow();
  const { firstInputMs, inputsMs, firstLinesMs, alone, streaming, acceptMs, hunks } = times;
  return {
    figures: [
      { what: "Inline edit, keystroke to input, median", value: median(inputsMs), unit: "ms", below: INPUT_MS },
      { what: "… slowest", value: Math.max(...inputsMs), unit: "ms" },
      { what: "… first time in a window, with loading", value: firstInputMs, unit: "ms" },
      {
        what: "First line in the window after its chunk was sent, median",
        value: median(firstLinesMs),
        unit: "ms",
        below: FIRST_LINE_MS,
      },
      { what: "… slowest", value: Math.max(...firstLinesMs), unit: "ms" },
      ...typingFigures(alone, streaming),
      ...hostFigures(alone, streaming),
      { what: `Accept all of ${hunks} changes, key to text`, value: acceptMs, unit: "ms", below: ACCEPT_MS },
    ],
    notes: notes(times),
  };
}

function typingFigures({ keysMs: alone }: Typing, { keysMs: streaming }: Typing): Figure[] {
  return [
    {
      what: "Typing while 500 lines arrive, key to text, p50",
      value: median(streaming),
      unit: "ms",
      below: FRAME_MS,
      ratio: median(streaming) / median(alone),
    },
    {
      what: "… p95",
      value: percentile(streaming, 0.95),
      unit: "ms",
      below: FRAME_MS,
      ratio: percentile(streaming, 0.95) / percentile(alone, 0.95),
    },
    { what: "… without an edit, p50", value: median(alone), unit: "ms" },
    { what: "… without an edit, p95", value: percentile(alone, 0.95), unit: "ms" },
  ];
}

function hostFigures({ hostShare: alone }: Typing, { hostShare: streaming }: Typing): Figure[] {
  if (alone === undefined || streaming === undefined) return [];
  return [
    { what: "Extension host busy meanwhile", value: streaming * 100, unit: "%", below: HOST_PERCENT },
    { what: "… while typing without an edit", value: alone * 100, unit: "%" },
  ];
}

function notes({ inputsMs, firstLinesMs, alone, tokensPerSecond }: EditWindowTimes): string[] {
  return [
    `Inline edit in a window: a TypeScript file of 2,000 lines, ${alone.keysMs.length} letters typed ten a second in its first line, above and in sight of 500 lines that are rewritten by an answer of ${Math.round(tokensPerSecond)} tokens a second. The window notes all times itself: a key from its event, texts when they are in the document that the browser shows. Ratios are to the same typing before the edit.`,
    `First line: from the moment the simulator hands the piece to its connection that makes the line whole, by the machine's clock (1 ms), looked at every 2 ms, ${firstLinesMs.length} edits. Input: ${inputsMs.length} times after the first.`,
    "Extension host: its processor time in /proc, all extensions in it together, as a share of one core.",
  ];
}
