import { detectLanguage } from "./detectLanguage.ts";
import type { Evidence, EvidenceMap, Feature } from "./evidence.ts";
import type { Phrasebook } from "./phrasebook.ts";
import { type PreparedText, prepareText } from "./prepareText.ts";
import { type Clause, readClauses } from "./readClauses.ts";
import { splitWords } from "./splitWords.ts";
import type { TaskSignals } from "./taskSignals.ts";

/** What was read out of a request. */
export interface ReadRequest {
  readonly clauses: readonly Clause[];
  /** What is known besides the words. */
  readonly context: EvidenceMap;
  readonly wordCount: number;
}

export function readRequest(signals: TaskSignals, phrasebook: Phrasebook): ReadRequest {
  const text = prepareText(signals.text);
  const words = splitWords(text.prose);
  const language = detectLanguage(words, text.prose, phrasebook);
  const clauses = readClauses(words, language, phrasebook);
  return { clauses, context: contextOf(signals, text), wordCount: words.length };
}

export function speaksOf({ clauses }: ReadRequest, feature: Feature): boolean {
  return clauses.some(({ evidence }) => evidence.has(feature));
}

const CERTAIN: Evidence = { strength: 1, shown: undefined };

function contextOf(signals: TaskSignals, text: PreparedText): EvidenceMap {
  const isCodeShown = signals.hasSelection || text.hasCode;
  const holds: readonly (readonly [Feature, boolean])[] = [
    ["selected", isCodeShown],
    ["unselected", !isCodeShown],
    ["problems", signals.hasDiagnostics],
    ["diff", signals.hasDiff === true || signals.fileKind === "diff"],
    ["shown-code", text.hasCode],
    ["stack-trace", text.hasStackTrace],
    ["error-name", text.hasErrorName],
    ["test-file", signals.fileKind === "test"],
    ["docs-file", signals.fileKind === "docs"],
    ["explain-surface", signals.surface === "explain"],
    ["fix-surface", signals.surface === "fix"],
  ];
  return new Map(holds.flatMap(([feature, isTrue]) => (isTrue ? [[feature, CERTAIN] as const] : [])));
}
