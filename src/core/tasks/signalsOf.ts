import type { CodeContext } from "../conversation/conversationMessage.ts";
import type { Surface } from "../waybill/waybill.ts";
import { fileKindOf } from "./fileKind.ts";
import type { TaskSignals } from "./taskSignals.ts";

/** What a surface knows of a request. */
export interface AskedRequest {
  /** As the person typed it. */
  readonly text: string;
  readonly code: readonly CodeContext[];
  readonly surface?: Surface;
  /** The editor reports problems in the code, also where they are not sent along. */
  readonly hasDiagnostics?: boolean;
}

/** A low guess, like the classifier's own. */
const CHARACTERS_PER_TOKEN = 3;
/** A pasted diff begins with the wish, then the diff: as far as this is looked for it. */
const DIFF_SEARCH_LENGTH = 5_000;
const DIFF_START = /^(?:diff --git |index [0-9a-f]{7,40}\.\.|@@ -\d+(?:,\d+)? \+\d|```(?:diff|patch)\b)/m;
/** The lines that a label ends with. */
const LINES = /:\d+(?:-\d+)?$/;

/** What is known of a request besides its words. The one place that says it, for every surface. */
export function signalsOf({ text, code: sent, surface, hasDiagnostics = false }: AskedRequest): TaskSignals {
  // What goes along by itself tells nothing of what the person wants.
  const code = sent.filter(({ kind }) => kind !== "instructions" && kind !== "nearby");
  const [first] = code;
  const fileKind = first === undefined ? undefined : fileKindOf(first.languageId, first.label.replace(LINES, ""));
  const characters = code.reduce((sum, piece) => sum + piece.text.length, text.length);
  return {
    text,
    hasSelection: code.length > 0,
    hasDiagnostics: hasDiagnostics || code.some(({ diagnostics }) => diagnostics.length > 0),
    hasDiff: showsDiff(text) || code.some((piece) => showsDiff(piece.text)),
    contextTokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
    ...(surface === undefined ? {} : { surface }),
    ...(fileKind === undefined ? {} : { fileKind }),
  };
}

/** A conversation quotes diffs inside other texts, too; only one that starts near the beginning is what is spoken about. */
function showsDiff(text: string): boolean {
  return DIFF_START.test(text.slice(0, DIFF_SEARCH_LENGTH));
}
